import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { RefusedFields } from './RefusedFields.tsx';
import type { Desk } from './use-care-desk.ts';

/** Sends what is typed; what is missing is summed up beside the button. */
export function ClaimActions({ desk }: { readonly desk: Desk }) {
  const { invoice, desk: texts } = useClaimTexts();
  const wrong = useMistakes(desk);
  const { send, isStrict } = desk;
  return (
    <Stack gap="sm">
      {isStrict && wrong.length > 0 && (
        <Alert color="attention" title={texts.toFix} role="alert">
          <List size="sm">
            {wrong.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Button type="submit" form="care" loading={send.isPending}>
        {invoice.send}
      </Button>
      <Text size="sm" className="quiet">
        {invoice.sends}
      </Text>
      {send.isError && (
        <>
          <ProblemNotice error={send.error} again={desk.submit} />
          <RefusedFields error={send.error} />
        </>
      )}
    </Stack>
  );
}

/** Everything that keeps a claim from being sent, in words. */
function useMistakes({ care, person, read }: Desk): string[] {
  const { acts, context, prescription, invoice, desk } = useClaimTexts();
  const { problems, lines } = read;
  const { careDate, rpps, prescribedOn } = problems;
  return [
    ...(person === null ? [desk.wrongPerson] : []),
    ...(problems.lines === undefined ? [] : [acts.problems.none]),
    ...care.lines.flatMap(({ key, code }, place) =>
      Object.values(lines.get(key) ?? {}).map(
        (problem) => `${acts.line(place + 1, code)} : ${acts.problems[problem]}`,
      ),
    ),
    ...(careDate === undefined ? [] : [context.problems[careDate]]),
    ...(rpps === undefined ? [] : [`${prescription.rpps} : ${prescription.problems[rpps]}`]),
    ...(prescribedOn === undefined ? [] : [`${prescription.day} : ${prescription.problems[prescribedOn]}`]),
    ...(problems.engagement === undefined ? [] : [invoice.engagementProblem]),
  ];
}
