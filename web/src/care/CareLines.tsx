import { Checkbox, CloseButton, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { kindRules } from '../../../src/modules/claims/guarantees/care-kinds.ts';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import { useClaimTexts } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import type { LineProblems } from './read-care.ts';
import { actOfLine, kindsOf, repriced, type TypedLine } from './typed-care.ts';

type Props = {
  readonly line: TypedLine;
  readonly place: number;
  readonly careDate: string;
  readonly profession: string;
  readonly hasLongIllness: boolean;
  readonly wrong: LineProblems;
  /** Whether what is left empty is told too: once somebody tried to send. */
  readonly isStrict: boolean;
  readonly change: (line: TypedLine) => void;
  readonly remove: () => void;
  /** Goes back to the search: one act after the other, without a mouse. */
  readonly done: () => void;
};

const withBasket = ['optical-frame', 'optical-lens', 'hearing-aid', 'dental-prosthesis'];

/** One act as it is typed; what is wrong stands at its field. */
export function CareLine(props: Props) {
  const { line, place, remove, done } = props;
  const { language } = useLanguage();
  const { acts: texts, kinds } = useClaimTexts();
  const act = actOfLine(line);
  const name = act?.[language] ?? texts.unknownAct;
  const press = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key !== 'Enter' || !isField) return;
    event.preventDefault();
    done();
  };
  return (
    <li>
      <fieldset className="care-line" onKeyDown={press}>
        <legend className="unseen">{texts.line(place, `${line.code} ${name}`)}</legend>
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          <Text fw={600} aria-hidden="true">
            <span className="act-code">{line.code}</span> {name}
            <Text span size="sm" className="quiet" fw={400}>
              {' '}
              · {kinds[line.kind]}
            </Text>
          </Text>
          <CloseButton aria-label={texts.remove(place, line.code)} onClick={remove} />
        </Group>
        <div className="line-fields">
          {act === null && <KindField {...props} />}
          <Amounts {...props} />
          <OfKind {...props} />
        </div>
        <Flags {...props} />
      </fieldset>
    </li>
  );
}

/** What is told at a field: at once when it is wrong, and when it is empty only once it was tried. */
function useTold({ wrong, isStrict }: Pick<Props, 'wrong' | 'isStrict'>) {
  const { acts } = useClaimTexts();
  return (field: keyof LineProblems): string | null => {
    const problem = wrong[field];
    if (problem === undefined) return null;
    const isEmpty = problem === 'empty' || problem === 'rate' || problem === 'ear';
    return isEmpty && !isStrict ? null : acts.problems[problem];
  };
}

function Amounts(props: Props) {
  const { line, careDate, change } = props;
  const { language } = useLanguage();
  const { acts: texts } = useClaimTexts();
  const told = useTold(props);
  const amount = (field: 'price' | 'base') => (
    <TextInput
      label={texts[field]}
      error={told(field)}
      inputMode="decimal"
      maxLength={14}
      rightSection={<span aria-hidden="true">€</span>}
      data-field={field}
      value={line[field]}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => change({ ...line, [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <TextInput
        label={texts.quantity}
        error={told('quantity')}
        inputMode="numeric"
        maxLength={3}
        value={line.quantity}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) =>
          change(
            repriced(line, { before: careDate, careDate, quantity: event.currentTarget.value }, language),
          )
        }
      />
      {amount('price')}
      {amount('base')}
    </>
  );
}

function KindField({ line, profession, change }: Props) {
  const { acts: texts, kinds } = useClaimTexts();
  return (
    <NativeSelect
      label={texts.kind}
      value={line.kind}
      data={kindsOf(profession).map((kind) => ({ value: kind, label: kinds[kind] }))}
      onChange={(event) => change({ ...line, kind: event.currentTarget.value as TypedLine['kind'] })}
    />
  );
}

/** What only drugs, glasses, aids or prostheses have. */
function OfKind(props: Props) {
  const { line, change } = props;
  const { acts: texts, baskets, ears, lensClasses } = useClaimTexts();
  const told = useTold(props);
  return (
    <>
      {line.kind === 'drug' && (
        <NativeSelect
          label={texts.drugRate}
          error={told('drugRate')}
          value={line.drugRate}
          data={[{ value: '', label: texts.choose }, ...rates.map((rate) => choice(rate, `${rate} %`))]}
          onChange={(event) =>
            change({ ...line, drugRate: event.currentTarget.value as TypedLine['drugRate'] })
          }
        />
      )}
      {withBasket.includes(line.kind) && (
        <NativeSelect
          label={texts.basket}
          value={line.basket}
          data={[choice('', texts.noBasket), ...Object.entries(baskets).map(([one, is]) => choice(one, is))]}
          onChange={(event) => change({ ...line, basket: event.currentTarget.value as TypedLine['basket'] })}
        />
      )}
      {line.kind === 'optical-lens' && (
        <NativeSelect
          label={texts.lensClass}
          value={line.lensClass}
          data={[
            choice('', texts.noBasket),
            ...Object.entries(lensClasses).map(([one, is]) => choice(one, is)),
          ]}
          onChange={(event) =>
            change({ ...line, lensClass: event.currentTarget.value as TypedLine['lensClass'] })
          }
        />
      )}
      {line.kind === 'hearing-aid' && (
        <NativeSelect
          label={texts.ear}
          error={told('ear')}
          value={line.ear}
          data={[choice('', texts.choose), ...Object.entries(ears).map(([one, is]) => choice(one, is))]}
          onChange={(event) => change({ ...line, ear: event.currentTarget.value as TypedLine['ear'] })}
        />
      )}
    </>
  );
}

const rates = ['100', '65', '30', '15'] as const;

function choice(value: string, label: string) {
  return { value, label };
}

function Flags({ line, profession, hasLongIllness, change }: Props) {
  const { acts: texts } = useClaimTexts();
  const isHospital = findProfession(profession)?.domains.includes('HOSP') === true;
  const flags = [
    ...(kindRules[line.kind].pathway ? (['outOfPathway'] as const) : []),
    ...(isHospital ? (['inHospital'] as const) : []),
    ...(hasLongIllness ? (['forLongIllness'] as const) : []),
  ];
  if (flags.length === 0) return null;
  return (
    <Group mt="xs" gap="lg">
      {flags.map((flag) => (
        <Checkbox
          key={flag}
          label={texts[flag]}
          checked={line[flag]}
          onChange={(event) => change({ ...line, [flag]: event.currentTarget.checked })}
        />
      ))}
    </Group>
  );
}
