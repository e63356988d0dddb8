import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { planExamples } from '../../../src/modules/claims/plans/plan-examples.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import type { Published } from './Plans.tsx';
import { type PreviewAnswer, useDifference } from './Preview.tsx';
import { parisToday } from './periods.ts';
import { changedLines, sumsOf } from './sums.ts';
import type { Trial } from './use-trial.ts';

/** The version that a document was written from. */
export type Base = { readonly from: string; readonly document: string };

type Props = {
  readonly document: string;
  readonly trial: Trial & { readonly plan: NonNullable<Trial['plan']> };
  readonly base: Base | null;
  readonly before: Trial | null;
  /** Of this very document; null when last month was not counted with it. */
  readonly preview: PreviewAnswer | null;
  readonly close: () => void;
  readonly done: (published: Published) => void;
};

/**
 * Says from which day a document will pay and what it changes, and publishes it once each finding was
 * seen.
 */
export function PublishDialog(props: Props) {
  const { document, trial, close, done } = props;
  const { publish: texts, findings: names } = useInsurerTexts();
  const queries = useQueryClient();
  const found = [...new Set(trial.findings.map(({ name }) => name))];
  const [accepts, accept] = useState<readonly string[]>([]);
  const publish = useMutation({
    mutationFn: async () =>
      (await call('POST /v1/plans', { body: { document, accepts: [...accepts] } })).body,
    onSuccess: async (published) => {
      await queries.invalidateQueries({ queryKey: ['plans'] });
      done(published);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate();
  };
  return (
    <Dialog close={close} title={texts.title(trial.plan.name)}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <FromWhen {...props} />
          <WhatChanges {...props} />
          {found.map((name) => (
            <Checkbox
              key={name}
              label={texts.seen(names[name] ?? name)}
              checked={accepts.includes(name)}
              required
              onChange={({ currentTarget: { checked } }) =>
                accept(checked ? [...accepts, name] : accepts.filter((one) => one !== name))
              }
            />
          ))}
          <Text size="sm" className="quiet">
            {texts.permanent} {texts.passkey}
          </Text>
          {publish.isError && <ProblemNotice error={publish.error} again={() => publish.mutate()} />}
          <Group>
            <Button type="submit" loading={publish.isPending} data-autofocus>
              {texts.button}
            </Button>
            <Button variant="default" onClick={close}>
              {texts.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function FromWhen({ trial: { plan }, base }: Props) {
  const { publish: texts } = useInsurerTexts();
  const dates = useDates();
  const day = dates.day(plan.from);
  const isSameDay = base?.from === plan.from;
  return (
    <>
      <Text>
        {texts.from(day)} {base === null && texts.isNew}
        {base !== null && (isSameDay ? texts.replaces(day) : texts.follows(dates.day(base.from)))}
      </Text>
      {plan.from < parisToday() && <Alert color="attention">{texts.retroactive}</Alert>}
    </>
  );
}

function WhatChanges({ document, trial, base, before, preview }: Props) {
  const { publish: texts } = useInsurerTexts();
  const { language } = useLanguage();
  const euros = useEuros();
  const difference = useDifference();
  if (base === null) return null;
  const { added, removed } = changedLines(base.document, document);
  const changes = trial.examples.flatMap(({ example, ...paid }) => {
    const old = before?.examples.find((one) => one.example === example);
    const [was, is] = [old === undefined ? null : sumsOf(old).planCents, sumsOf(paid).planCents];
    return was === null || was === is ? [] : [{ example, was, is }];
  });
  return (
    <div>
      <Text fw={600}>{texts.changes}</Text>
      {changes.length === 0 && <Text size="sm">{texts.noChange}</Text>}
      <List size="sm">
        {changes.map(({ example, was, is }) => (
          <List.Item key={example}>
            {planExamples[example][language]} : {euros(was)} → <b>{euros(is)}</b>
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt={4}>
        {texts.lines(added, removed)}{' '}
        {preview === null ? texts.notCounted : texts.lastMonth(difference(preview.all))}
      </Text>
    </div>
  );
}
