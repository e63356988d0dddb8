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
  const { care, read, profession, isStrict, isFirst, change } = props;
  const { language } = useLanguage();
  const { acts: texts } = useClaimTexts();
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const added = useRef(false);
  const toSearch = () => search.current?.focus();
  useEffect(() => {
    if (isFirst) search.current?.focus();
  }, [isFirst]);
  useHotkeys([['/', toSearch]]);
  const { lines } = care;
  const count = lines.length;
  useEffect(() => {
    if (!added.current || count === 0) return;
    added.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-child input[data-field=price]')?.focus();
  }, [count]);
  const add = (choice: ActChoice) => {
    added.current = true;
    const [kind = 'device'] = kindsOf(profession);
    const line =
      'act' in choice ? lineOfAct(choice.act, care.careDate, language) : lineOfCode(choice.code, kind);
    change({ lines: [...lines, line] });
  };
  const replace = (line: TypedLine) =>
    change({ lines: lines.map((one) => (one.key === line.key ? line : one)) });
  const remove = (key: number) => {
    change({ lines: lines.filter((one) => one.key !== key) });
    toSearch();
  };
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
        {count === 0 && <Text className="quiet">{texts.empty}</Text>}
        <ul className="care-lines" ref={list}>
          {lines.map((line, at) => (
            <CareLine
              key={line.key}
              {...{ line, profession, isStrict, place: at + 1, careDate: care.careDate }}
              hasLongIllness={care.longIllness}
              wrong={read.lines.get(line.key) ?? {}}
              change={replace}
              remove={() => remove(line.key)}
              done={toSearch}
            />
          ))}
        </ul>
        {count > 0 && (
          <Text size="sm" className="quiet">
            {texts.wholeLine}
          </Text>
        )}
      </Stack>
    </section>
  );
}
