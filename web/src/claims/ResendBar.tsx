import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { useTexts } from '../texts/language.tsx';

/** Sends rejected claims again as they are: their people are drawn anew, and nobody types their numbers. */
export function ResendBar({
  picked,
  done,
}: {
  readonly picked: readonly string[];
  readonly done: () => void;
}) {
  const { claims: texts } = useClaimTexts();
  const { problems } = useTexts();
  const queries = useQueryClient();
  const resend = useMutation({
    mutationFn: async () =>
      (await call('POST /v1/claim-resends', { body: { claims: [...picked] } })).body.answers,
    onSuccess: done,
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
  });
  const sent = resend.data?.filter(({ claim }) => claim !== undefined).length ?? 0;
  const refused = resend.data?.flatMap(({ problem }) => problem ?? []) ?? [];
  const known = problems as unknown as Readonly<Record<string, string>>;
  return (
    <section className="sheet">
      <Group>
        <Button
          variant="default"
          disabled={picked.length === 0}
          loading={resend.isPending}
          aria-describedby="resend-says"
          onClick={() => resend.mutate()}
        >
          {texts.resend(picked.length)}
        </Button>
        <Text size="sm" className="quiet" id="resend-says" flex="1 1 20rem">
          {picked.length === 0 ? texts.resendNone : ''} {texts.resendSays}
        </Text>
      </Group>
      {resend.isSuccess && (
        <Alert
          role="status"
          mt="md"
          color={refused.length === 0 ? 'accent' : 'attention'}
          title={[
            ...(sent > 0 ? [texts.resent(sent)] : []),
            ...(refused.length > 0 ? [texts.resentNot(refused.length)] : []),
          ].join(' ')}
        >
          {[...new Set(refused)].map((problem) => known[problem] ?? problems.other).join(' ')}
        </Alert>
      )}
      {resend.isError && <ProblemNotice error={resend.error} again={() => resend.mutate()} />}
    </section>
  );
}
