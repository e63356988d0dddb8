/** What somebody does with an account, before the record says what comes of it. */
export type Doing = {
  readonly at: number;
  readonly account: number;
  /** `sent`: a claim is sent, and recorded; `claim`: one was accepted; `opened`: the account begins to exist. */
  readonly what: 'lookup' | 'sent' | 'claim' | 'opened';
  /** `nobody` when the number is nobody's. */
  readonly person: number;
  readonly present: boolean;
  readonly network: number;
  readonly client: number;
  readonly session: number;
  /** Where the number asked for stands among all numbers, from 0 to 1. */
  readonly order: number;
  /** Three orders away from one of the last fifty. */
  readonly sameRun: boolean;
  /** A number that only a walk through numbers meets. */
  readonly honey: boolean;
  readonly byThief: boolean;
};

/** Whether somebody is told of a person by it. */
export function isAsked({ what }: Doing): boolean {
  return what === 'lookup' || what === 'sent';
}

/** A number that is nobody's. */
export const nobody = -1;

/** How near two numbers are that a walk meets one after the other. */
export const oneOrder = 2 ** -40;
