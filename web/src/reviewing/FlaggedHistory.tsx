import { Text, Title } from '@mantine/core';
import { rejections } from '../../../src/modules/claims/adjudicating/rejections.ts';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import type { Flagged } from './FlaggedClaim.tsx';

/** The days and numbers of a claim. */
export function FlaggedNumbers({ body }: { readonly body: Flagged }) {
  const { claim: texts, flagged } = useInsurerTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const euros = useEuros();
  const facts = [
    [texts.ownTotal, body.ownCents === null ? texts.nothing : euros(body.ownCents)],
    [texts.careDate, dates.day(body.careDate)],
    [texts.organisation, flagged.organisationOf(body.organisation)],
    [texts.received, dates.instant(body.receivedAt)],
    [texts.decided, body.decidedAt === null ? '–' : dates.instant(body.decidedAt)],
    ...(body.rejection === null
      ? []
      : [[flagged.states.rejected, rejections[body.rejection][language][0]] as const]),
  ] as const;
  return (
    <section className="sheet" aria-label={texts.facts}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="whole-line">
          <dt>{texts.number}</dt>
          <dd>{body.claim}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What became of a claim, and why this insurer contested it. */
export function FlaggedHistory({ body: { history, contests } }: { readonly body: Flagged }) {
  const { claim: texts, flagged } = useInsurerTexts();
  const dates = useDates();
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.history}
      </Title>
      <ol className="line-of-time">
        {history.map(({ at, state }) => (
          <li key={`${at} ${state}`}>
            <b>{flagged.states[state]}</b> <span className="quiet">{dates.second(at)}</span>
          </li>
        ))}
      </ol>
      {contests.length > 0 && (
        <>
          <Title order={3} size="h5" mt="md" mb="xs">
            {texts.contests}
          </Title>
          {contests.map(({ what, why, at, by }) => (
            <div key={`${at} ${what}`} className="reason">
              <Text size="sm">
                <b>{texts.contestOf[what]}</b>{' '}
                <span className="quiet">
                  {dates.second(at)}, {texts.by(by)}
                </span>
              </Text>
              <Text className="breaks">{why}</Text>
            </div>
          ))}
        </>
      )}
    </section>
  );
}
