import { useMemo } from 'react';
import { CareDesk } from '../care/CareDesk.tsx';
import { readPractice } from '../care/kept-practice.ts';
import { emptyCare } from '../care/typed-care.ts';
import type { DeskWish } from '../care/use-care-desk.ts';
import { useClaimTexts } from '../texts/claims.ts';
import type { LookupBody } from './read-form.ts';

/** A quote or a claim for whoever was just looked up: they stay in the memory of that page. */
export function LookupDesk(props: {
  readonly wish: DeskWish;
  readonly body: LookupBody;
  readonly isShown: boolean;
  readonly close: () => void;
  readonly next: () => void;
}) {
  const { wish, body, isShown, close, next } = props;
  const { desk } = useClaimTexts();
  const start = useMemo(() => {
    const { nir, birthDate, birthRank, careDate } = body;
    return {
      ...{ replaces: null, rejection: null, promised: null },
      // A code that proved presence works once: it was for the lookup.
      person: { nir, birthDate, ...(birthRank === undefined ? {} : { birthRank }) },
      care: emptyCare(careDate, readPractice()),
    };
  }, [body]);
  return <CareDesk {...{ start, wish, isShown, close, next }} closeLabel={desk.back} />;
}
