import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useTexts } from '../texts/language.tsx';
import { writeCurl } from './write-curl.ts';

/** One call: what was sent, what was answered, and how to send it again. */
export function CallSheet({ call: number }: { readonly call: number }) {
  const { sandbox: texts } = useTexts();
  const found = useQuery({
    queryKey: ['sandbox-call', number],
    queryFn: async () =>
      (await call('GET /v1/sandbox/calls/{call}', { path: { call: String(number) } })).body,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.data === undefined) return null;
  const { sent, answered, idempotencyKey } = found.data;
  const curl = writeCurl(found.data);
  return (
    <Stack gap="sm" className="narrows">
      {idempotencyKey !== null && (
        <Text size="sm" className="breaks">
          <Code>{`Idempotency-Key: ${idempotencyKey}`}</Code>
        </Text>
      )}
      <Body title={texts.sent} text={sent} none={texts.nothingSent} />
      <Body title={texts.answered} text={answered} none={texts.nothingAnswered} />
      {curl !== null && <Curl text={curl} />}
    </Stack>
  );
}

function Body(props: { readonly title: string; readonly text: string | null; readonly none: string }) {
  const { title, text, none } = props;
  return (
    <div>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {text === null ? (
        <Text size="sm" className="quiet">
          {none}
        </Text>
      ) : (
        <Code block mah="22rem" tabIndex={0} role="region" aria-label={title} style={{ overflow: 'auto' }}>
          {text}
        </Code>
      )}
    </div>
  );
}

function Curl({ text }: { readonly text: string }) {
  const { sandbox: texts } = useTexts();
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <Group gap="sm">
      <Button variant="default" size="compact-md" onClick={() => clipboard.copy(text)}>
        {texts.copyCurl}
      </Button>
      <Text size="sm" className="quiet" role="status">
        {clipboard.copied ? texts.copied : clipboard.error !== null ? texts.notCopied : texts.curlHelp}
      </Text>
    </Group>
  );
}
