import { Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useClaimTexts } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { type ActChoice, ActSearch } from './ActSearch.tsx';
import { CareLine } from './CareLines.tsx';
import type { ReadCare } from './read-care.ts';
import { kindsOf, lineOfAct, lineOfCode, type TypedCare, type TypedLine } from './typed-care.ts';

type Props = {
  readonly care: TypedCare;
  readonly read: ReadCare;
  readonly profession: string;
  readonly isStrict: boolean;
  /** Whether the search is where work begins, or somebody must be named first. */
  readonly isFirst: boolean;
  readonly change: (some: Partial<TypedCare>) => void;
};

/** The search, and the acts that were chosen, one below the other. */
export function ActsSheet(props: Props) {
  const { care, read, profession, isStrict } = props;
  const { acts: texts } = useClaimTexts();
  const { search, list, toSearch } = useFocus(props);
  const { add, replace, remove } = useLines(props);
  const { lines } = care;
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="sm">
        {texts.title}
      </Title>
      <Stack gap="md">
        <ActSearch
          {...{ profession, careDate: care.careDate, input: search, choose: add }}
          wrong={isStrict && read.problems.lines !== undefined ? texts.problems.none : null}
        />
        {lines.length === 0 && <Text className="quiet">{texts.empty}</Text>}
        <ul className="care-lines" ref={list}>
          {lines.map((line, at) => (
            <CareLine
              key={line.key}
              {...{ line, profession, isStrict, place: at + 1, careDate: care.careDate }}
              hasLongIllness={care.longIllness}
              wrong={read.lines.get(line.key) ?? {}}
              change={replace}
              remove={() => {
                remove(line.key);
                toSearch();
              }}
              done={toSearch}
            />
          ))}
        </ul>
        {lines.length > 0 && (
          <Text size="sm" className="quiet">
            {texts.wholeLine}
          </Text>
        )}
      </Stack>
    </section>
  );
}

/** Work begins in the search, goes on in the price of what was added, and comes back by Enter. */
function useFocus({ care, isFirst }: Props) {
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const toSearch = () => search.current?.focus();
  useEffect(() => {
    if (isFirst) search.current?.focus();
  }, [isFirst]);
  useHotkeys([['/', toSearch]]);
  const count = care.lines.length;
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) {
      list.current?.querySelector<HTMLInputElement>('li:last-child input[data-field=price]')?.focus();
    }
    before.current = count;
  }, [count]);
  return { search, list, toSearch };
}

function useLines({ care, profession, change }: Props) {
  const { language } = useLanguage();
  const { lines, careDate } = care;
  return {
    add(choice: ActChoice) {
      const [kind = 'device'] = kindsOf(profession);
      const line =
        'act' in choice ? lineOfAct(choice.act, careDate, language) : lineOfCode(choice.code, kind);
      change({ lines: [...lines, line] });
    },
    replace: (line: TypedLine) => change({ lines: lines.map((one) => (one.key === line.key ? line : one)) }),
    remove: (key: number) => change({ lines: lines.filter((one) => one.key !== key) }),
  };
}
