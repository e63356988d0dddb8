import { Type } from '@sinclair/typebox';
import { declareRoute, type Route, word } from '../modules/access/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Failure } from '../platform/errors.ts';
import type { CallLog } from './call-log.ts';

/** A person of the sandbox, as its page and its documentation show them. */
export type ShownPerson = {
  readonly nir: string;
  readonly birthDate: string;
  readonly name: string;
  readonly does: string;
  readonly by: 'rules' | 'scenario';
  readonly says: { readonly fr: string; readonly en: string };
};

/** What the routes of a sandbox tell and do. */
export type SandboxTools = {
  readonly log: Pick<CallLog, 'list' | 'find'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Moves the clock forward; undefined where it does not move. */
  readonly moveTo: ((instantMs: number) => Promise<boolean>) | undefined;
  readonly insurer: string;
  /** Nobody, in a demo that was filled before there was a sandbox. */
  readonly people: readonly ShownPerson[];
};

const closed = { additionalProperties: false };
const dayMs = 86_400_000;
/** Beyond it, no figure of the law would be anybody's guess. */
const yearsAheadMax = 10;
const orNull = (description: string) => Type.Unsafe<string | null>({ type: ['string', 'null'], description });
const instant = Type.String({ description: 'UTC, ISO 8601.' });

const state = Type.Object({
  now: Type.String({ description: 'The time of this demo, UTC, ISO 8601.' }),
  clockMoves: Type.Boolean({ description: 'Whether it can be moved: VIGIE_DEMO_CLOCK=movable.' }),
  insurer: Type.String({ description: 'The invented insurer of its people.' }),
  people: Type.Array(
    Type.Object({
      nir: Type.String(),
      birthDate: Type.String(),
      name: Type.String({ description: 'An invented name.' }),
      does: Type.String({ description: 'The scenario, by its word.' }),
      by: word(
        ['rules', 'scenario'],
        'Whether the rules come to it, or it is decided whatever a claim says.',
      ),
      says: Type.Object({ fr: Type.String(), en: Type.String() }),
    }),
  ),
});

const listed = {
  call: Type.Integer({ description: 'Its number, from the start of this server.' }),
  at: instant,
  method: Type.String(),
  path: Type.String(),
  status: Type.Integer(),
  code: orNull('The code of its failure.'),
  entry: orNull('The ledger entry that was written first.'),
  ms: Type.Integer({ description: 'How long it took.' }),
};
const whole = Type.Object({
  ...listed,
  idempotencyKey: orNull('The Idempotency-Key that came with it.'),
  sent: orNull('What was sent, masked; null when it was no JSON, or too long.'),
  answered: orNull('What was answered, masked.'),
});

const moveBody = Type.Object(
  {
    to: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$',
        description: 'An instant, ISO 8601 with its offset.',
      }),
    ),
    forwardDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, description: 'So many days.' })),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
);

const shared = { permission: 'none', purpose: null, personal: true } as const;

/** What a sandbox has besides: declared only where its door is. */
export function sandboxRoutes(tools: SandboxTools): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/sandbox',
      says: 'The people to try claims with, what each of them does, and the time of this demo.',
      body: null,
      answers: { 200: { says: 'As it stands.', schema: state } },
      failures: [],
      async handle() {
        const { insurer, people, moveTo, clock } = tools;
        return { status: 200, body: { now: told(clock), clockMoves: moveTo !== undefined, insurer, people } };
      },
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/sandbox/calls',
      says: 'The last calls of software to this demo, 200 at most, the newest first.',
      body: null,
      answers: {
        200: { says: 'They are listed.', schema: Type.Object({ calls: Type.Array(Type.Object(listed)) }) },
      },
      failures: [],
      async handle() {
        return { status: 200, body: { calls: tools.log.list() } };
      },
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/sandbox/calls/{call}',
      pathPart: Type.Object({ call: Type.String({ pattern: '^\\d{1,9}$' }) }),
      says: 'One of these calls, with what was sent and answered: who is not of the sandbox is masked.',
      body: null,
      answers: { 200: { says: 'The call.', schema: whole } },
      failures: ['not-found'],
      async handle({ address }) {
        const found = tools.log.find(Number(address.call));
        if (found === undefined) throw new Failure('not-found');
        return { status: 200, body: found };
      },
    }),
    ...(tools.moveTo === undefined ? [] : [clockRoute({ ...tools, moveTo: tools.moveTo })]),
  ];
}

function clockRoute({
  clock,
  moveTo,
}: Pick<SandboxTools, 'clock'> & { moveTo: (instantMs: number) => Promise<boolean> }): Route {
  return declareRoute({
    ...shared,
    method: 'POST',
    path: '/v1/sandbox/clock',
    says: 'Moves the time of this demo forward, for the server and its ledger at once. It never goes back.',
    body: moveBody,
    example: { forwardDays: 14 },
    answers: {
      200: { says: 'It moved.', schema: Type.Object({ now: instant }) },
    },
    failures: [],
    async handle({ body: { to, forwardDays = 0 } }) {
      const nowMs = Number(clock.now() / 1000n);
      const wantedMs = to === undefined ? nowMs + forwardDays * dayMs : Date.parse(to);
      const field = to === undefined ? 'forwardDays' : 'to';
      const refuse = (says: string) => new Failure('invalid-field', { fields: [{ field, says }] });
      if (Number.isNaN(wantedMs)) throw refuse('is an instant that does not exist');
      if (wantedMs > Date.now() + yearsAheadMax * 365.25 * dayMs) {
        throw refuse(`is more than ${yearsAheadMax} years ahead`);
      }
      if (!(await moveTo(wantedMs)))
        throw refuse(`is before now (${told(clock)}): the clock never goes back`);
      return { status: 200, body: { now: told(clock) } };
    },
  });
}

function told({ now }: Pick<Clock, 'now'>): string {
  return new Date(Number(now() / 1000n)).toISOString();
}
