import { useEffect, useState } from 'react';
import { nobody, type Person, readPerson, type TypedPerson } from './PersonFields.tsx';
import { type ReadCare, readCare } from './read-care.ts';
import { type EngagementAnswer, type Rejection, type TypedCare, todayInParis } from './typed-care.ts';
import { type LiveQuote, useQuote } from './use-quote.ts';
import { useSendClaim } from './use-send-claim.ts';

/** What is made of care: what would be paid, or an invoice of what was done. */
export type DeskMode = 'quote' | 'claim';

/** What somebody came for; wished anew, a desk that is open turns to it. */
export type DeskWish = { readonly mode: DeskMode };

/** What a desk begins with. */
export type DeskStart = {
  /** Whoever was looked up on this page; null when the desk asks whom it is for. */
  readonly person: Person | null;
  readonly care: TypedCare;
  /** The claim that is corrected, and why it was rejected. */
  readonly replaces: string | null;
  readonly rejection: Rejection | null;
  /** The promise that is invoiced. */
  readonly promised: EngagementAnswer | null;
};

/** A desk at work. */
export type Desk = {
  readonly mode: DeskMode;
  readonly setMode: (mode: DeskMode) => void;
  readonly care: TypedCare;
  readonly change: (some: Partial<TypedCare>) => void;
  readonly read: ReadCare;
  readonly person: Person | null;
  readonly typedPerson: TypedPerson;
  readonly typePerson: (typed: TypedPerson) => void;
  /** Whether what is left empty is told as wrong: once somebody tried to send. */
  readonly isStrict: boolean;
  readonly isLive: boolean;
  readonly quote: LiveQuote;
  readonly promised: EngagementAnswer | null;
  /** A promise that was made or cancelled here. */
  readonly setPromised: (promised: EngagementAnswer | null) => void;
  readonly replaces: string | null;
  readonly rejection: Rejection | null;
  readonly send: ReturnType<typeof useSendClaim>;
  readonly submit: () => void;
  /** Goes back to the form after a rejection: what is sent then replaces the claim. */
  readonly correct: (rejection: Rejection | null) => void;
};

/** Everything a desk remembers, for as long as its page is open. */
export function useCareDesk(start: DeskStart, wish: DeskWish): Desk {
  const [mode, setMode] = useState(wish.mode);
  useEffect(() => setMode(wish.mode), [wish]);
  const [care, setCare] = useState(start.care);
  const [typedPerson, typePerson] = useState(nobody);
  const [promised, setPromised] = useState(start.promised);
  const [replaces, setReplaces] = useState(start.replaces);
  const [rejection, setRejection] = useState(start.rejection);
  const [isStrict, setStrict] = useState(false);
  const person = start.person ?? readPerson(typedPerson);
  const read = readCare(care, todayInParis());
  // A promise decides what a claim against it pays: nothing is counted anew.
  const isByPromise = promised !== null || (mode === 'claim' && care.engagement !== '');
  const isQuoted = !isByPromise && person !== null && read.quoted !== null;
  // Whoever is typed here was not looked up: nobody is drawn before somebody asks for it.
  const isLive = start.person !== null;
  const quote = useQuote(isQuoted ? { ...person, ...read.quoted } : null, isLive);
  const send = useSendClaim();
  return {
    ...{ mode, setMode, care, read, person, typedPerson, typePerson },
    ...{ isStrict, isLive, quote, promised, replaces, rejection, send },
    change: (some) => setCare((before) => ({ ...before, ...some })),
    setPromised(next) {
      setPromised(next);
      setCare((before) => ({ ...before, engagement: next?.engagement ?? '' }));
      if (next === null) quote.forget();
    },
    submit() {
      setStrict(true);
      if (person === null || read.claimed === null) return;
      send.mutate({ ...person, ...read.claimed, ...(replaces === null ? {} : { replaces }) });
    },
    correct(why) {
      setRejection(why);
      setReplaces(send.data ?? replaces);
      setPromised(null);
      setMode('claim');
      send.reset();
    },
  };
}
