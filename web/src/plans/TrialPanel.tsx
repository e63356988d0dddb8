import { Alert, Badge, Button, Group, List, Text, Title } from '@mantine/core';
import { sayIn, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import type { Trial } from './use-trial.ts';

/** Whether a document can be read, and if not, what is wrong and where. */
export function Reading(props: {
  readonly trial: Trial | undefined;
  readonly isBehind: boolean;
  readonly goTo: (line: number) => void;
}) {
  const { trial, isBehind, goTo } = props;
  const { edit: texts } = useInsurerTexts();
  const dates = useDates();
  if (trial === undefined) return <Text className="quiet">{texts.reading}</Text>;
  const { plan, problems } = trial;
  return (
    <div id="reading" aria-live="polite" aria-busy={isBehind} className={isBehind ? 'behind' : undefined}>
      {plan !== null && <Text fw={600}>{texts.ready(plan.name, dates.day(plan.from))}</Text>}
      {plan === null && (
        <Alert color="attention" title={texts.notReady(problems.length)}>
          <Problems problems={problems} goTo={goTo} />
        </Alert>
      )}
    </div>
  );
}

/** What is wrong in a document, each with its line when it has one. */
export function Problems(props: {
  readonly problems: Trial['problems'];
  readonly goTo?: (line: number) => void;
}) {
  const { problems, goTo } = props;
  const { edit: texts } = useInsurerTexts();
  return (
    <List size="sm" spacing={4}>
      {problems.map(({ where, says, line }) => (
        <List.Item key={`${where} ${says}`}>
          {line !== null && goTo !== undefined && (
            <Button
              variant="default"
              size="compact-xs"
              mr={6}
              aria-label={texts.goToLine(line)}
              onClick={() => goTo(line)}
            >
              {texts.line(line)}
            </Button>
          )}
          <code>{where}</code> <Said says={says} />
        </List.Item>
      ))}
    </List>
  );
}

/** What the linter finds, and how to correct it. */
export function Findings({ findings }: { readonly findings: Trial['findings'] }) {
  const { edit: texts, findings: names } = useInsurerTexts();
  const { language } = useLanguage();
  return (
    <section className="sheet">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {texts.findings}
        </Title>
        {findings.length > 0 && (
          <Badge color="attention" variant="filled" tt="none">
            {findings.length}
          </Badge>
        )}
      </Group>
      {findings.length === 0 ? (
        <Text size="sm">{texts.noFindings}</Text>
      ) : (
        <Text size="sm" className="quiet" mb="xs">
          {texts.findingsSay}
        </Text>
      )}
      {groupsOf(findings).map(({ name, correct, says }) => (
        <div key={name} className="finding">
          <Text fw={600}>{names[name] ?? name}</Text>
          <List size="sm">
            {says.map((one) => (
              <List.Item key={one}>
                <Said says={one} />
              </List.Item>
            ))}
          </List>
          <Text size="sm" className="quiet" {...(sayIn(language, correct) === null ? { lang: 'en' } : {})}>
            {texts.toCorrect(sayIn(language, correct) ?? correct)}
          </Text>
        </div>
      ))}
    </section>
  );
}

/** A sentence of the server in the language that is spoken, or as it came, said to be English. */
function Said({ says }: { readonly says: string }) {
  const { language } = useLanguage();
  const said = sayIn(language, says);
  return said === null ? <span lang="en">{says}</span> : <span>{said}</span>;
}

type Finding = Trial['findings'][number];

/** Findings by their name: one is often found of many kinds of care. */
function groupsOf(findings: readonly Finding[]) {
  const groups = new Map<string, { name: string; correct: string; says: string[] }>();
  for (const { name, says, correct } of findings) {
    const group = groups.get(name) ?? { name, correct, says: [] };
    if (!group.says.includes(says)) group.says.push(says);
    groups.set(name, group);
  }
  return [...groups.values()];
}
