import { Alert, Button, Group, List, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Problem } from '../api/call.ts';
import { signIn } from '../api/session.ts';
import { useTexts } from '../texts/language.tsx';

/** What went wrong, why, and what to do now. `again` repeats what failed. */
export function ProblemNotice(props: { readonly error: unknown; readonly again?: () => void }) {
  const { error, again } = props;
  const texts = useTexts();
  const { problems, meter, signIn: signInTexts } = texts;
  const problem = error instanceof Problem ? error : null;
  const code = problem?.code ?? (isCancelled(error) ? 'cancelled' : 'other');
  const known = problems as unknown as Readonly<Record<string, string>>;
  const says = code === 'cancelled' ? signInTexts.cancelled : (known[code] ?? problems.other);
  const ways = meter.ways as Readonly<Record<string, string>>;
  const asksPasskey = code === 'passkey-needed' || code === 'account-challenged';
  const asksSignIn = code === 'unauthenticated';
  const mayAgain = again !== undefined && (problem === null || problem.status === 0 || problem.status >= 500);
  const usePasskey = () => void signIn().then(again, () => undefined);
  return (
    <Alert color={code === 'cancelled' ? 'gray' : 'attention'} role="alert" title={says} mt="md">
      {problem?.body.givesBack !== undefined && (
        <>
          <Text size="sm">{meter.back} :</Text>
          <List size="sm">
            {problem.body.givesBack.map(({ what }) => (
              <List.Item key={what}>{ways[what]}</List.Item>
            ))}
          </List>
        </>
      )}
      {problem?.body.requestId !== undefined && problem.status >= 500 && (
        <Text size="sm">{problems.request(problem.body.requestId)}</Text>
      )}
      <Group mt={asksPasskey || asksSignIn || mayAgain ? 'xs' : 0}>
        {asksPasskey && (
          <Button size="sm" onClick={usePasskey}>
            {problems.usePasskey}
          </Button>
        )}
        {asksSignIn && (
          <Button size="sm" component={Link} to="/sign-in">
            {problems.toSignIn}
          </Button>
        )}
        {mayAgain && (
          <Button size="sm" variant="default" onClick={again}>
            {problems.again}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The person closed the device's question, or it waited too long. */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && ['NotAllowedError', 'AbortError'].includes(error.name);
}
