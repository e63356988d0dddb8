import { Alert, Button } from '@mantine/core';
import { useIdle } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../texts/language.tsx';

/** How long what was told of people stays when nobody touches the page. */
export const idleMs = 5 * 60_000;

/** Takes away what stands in it, and everything it remembers, when nobody touches the page any more. */
export function GoneWhenIdle({ children }: { readonly children: ReactNode }) {
  const { gone } = useTexts();
  const isIdle = useIdle(idleMs, { initialState: false });
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    if (isIdle) setGone(true);
  }, [isIdle]);
  if (!isGone) return children;
  return (
    <Alert color="gray" title={gone.title} role="status">
      <Button variant="default" onClick={() => setGone(false)}>
        {gone.again}
      </Button>
    </Alert>
  );
}
