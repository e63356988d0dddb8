import { Table, Text, Title } from '@mantine/core';
import { Fragment, useState } from 'react';
import { type PlanExampleName, planExamples } from '../../../src/modules/claims/plans/plan-examples.ts';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { parisToday } from './periods.ts';
import { type PaidCare, sumsOf } from './sums.ts';
import type { Trial } from './use-trial.ts';

/**
 * Who pays what of care of every day, by a document, and what the plan paid of it before, where that
 * differs.
 */
export function Examples({ trial, before }: { readonly trial: Trial; readonly before: Trial | null }) {
  const { edit: texts } = useInsurerTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const rows = trial.examples.map(({ example, ...paid }) => {
    const was = before?.examples.find((one) => one.example === example);
    const name = planExamples[example as PlanExampleName][language];
    return { key: example, name, paid, was: was === undefined ? null : sumsOf(was).planCents };
  });
  const from = trial.plan?.from ?? '';
  const today = parisToday();
  const day = from > today ? from : today;
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {texts.examples}
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        {texts.examplesSay(dates.day(day))}
      </Text>
      <PaidTable rows={rows} label={texts.examples} />
    </section>
  );
}

type Row = {
  readonly key: string;
  readonly name: string;
  readonly paid: PaidCare;
  readonly was: number | null;
};

/** Care with who pays it; each row opens on how it was counted. */
export function PaidTable({ rows, label }: { readonly rows: readonly Row[]; readonly label: string }) {
  const { edit: texts } = useInsurerTexts();
  const [opened, open] = useState<string | null>(null);
  const heads = [
    { head: texts.price, key: '' },
    { head: texts.mandatory, key: 'by-mandatory' },
    { head: texts.plan, key: 'by-plan' },
    { head: texts.left, key: 'by-person' },
  ];
  return (
    <Table verticalSpacing={6} horizontalSpacing="xs" className="stacks paid" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{texts.care}</Table.Th>
          {heads.map(({ head, key }) => (
            <Table.Th key={head} scope="col" className="amount">
              {key !== '' && <span className={`key ${key}`} />} {head}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Fragment key={row.key}>
            <PaidRow
              row={row}
              isOpen={opened === row.key}
              toggle={() => open(opened === row.key ? null : row.key)}
            />
            {opened === row.key && (
              <Table.Tr>
                <Table.Td colSpan={5} id={`why-${row.key}`}>
                  <Why paid={row.paid} />
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PaidRow(props: { readonly row: Row; readonly isOpen: boolean; readonly toggle: () => void }) {
  const { row, isOpen, toggle } = props;
  const { edit: texts } = useInsurerTexts();
  const euros = useEuros();
  const { priceCents, mandatoryCents, planCents, personCents } = sumsOf(row.paid);
  const isChanged = row.was !== null && row.was !== planCents;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <button type="button" className="opener" aria-expanded={isOpen} onClick={toggle}>
          {row.name}
        </button>
        <ShareBar parts={[mandatoryCents, planCents, personCents]} />
      </Table.Th>
      <Table.Td className="amount" data-head={texts.price}>
        {euros(priceCents)}
      </Table.Td>
      <Table.Td className="amount" data-head={texts.mandatory}>
        {euros(mandatoryCents)}
      </Table.Td>
      <Table.Td className="amount" data-head={texts.plan}>
        <b>{euros(planCents)}</b>
        {isChanged && <span className="was">{texts.was(euros(row.was ?? 0))}</span>}
      </Table.Td>
      <Table.Td className="amount" data-head={texts.left}>
        {euros(personCents)}
      </Table.Td>
    </Table.Tr>
  );
}

/** The shares of a price, as widths; the numbers stand beside it. */
function ShareBar({ parts }: { readonly parts: readonly [number, number, number] }) {
  const names = ['by-mandatory', 'by-plan', 'by-person'];
  return (
    <span className="share-bar" aria-hidden="true">
      {parts.map((cents, at) => (
        <span key={names[at]} className={names[at]} style={{ flexGrow: cents }} hidden={cents === 0} />
      ))}
    </span>
  );
}

/** How each line was counted, rule by rule. */
function Why({ paid: { acts, shares } }: { readonly paid: PaidCare }) {
  const { edit: texts } = useInsurerTexts();
  const { language } = useLanguage();
  return (
    <div className="why">
      <Text size="sm" fw={600}>
        {texts.why}
      </Text>
      {acts.map(({ code, kind, quantity = 1 }, at) => (
        <div key={`${code} ${kind}`}>
          <Text size="sm">
            <b>{code}</b>
            {quantity > 1 && ` × ${quantity}`}
          </Text>
          <ol>
            {shares[at]?.why.map((step) => (
              <li key={`${step.rule} ${step.cents} ${stepText(step, language).text}`}>
                <Step step={step} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

function Step({ step }: { readonly step: PaidCare['shares'][number]['why'][number] }) {
  const { language } = useLanguage();
  const { text, isEnglish } = stepText(step, language);
  return <span {...(isEnglish && language !== 'en' ? { lang: 'en' } : {})}>{text}</span>;
}

/** A step says itself in both languages, or in English alone. */
function stepText(step: object, language: 'fr' | 'en'): { text: string; isEnglish: boolean } {
  const { says = '', ...told } = step as Partial<Record<'fr' | 'en' | 'says', string>>;
  const own = told[language];
  return { text: own ?? says, isEnglish: own === undefined };
}
