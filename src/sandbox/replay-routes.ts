import { type TSchema, Type } from '@sinclair/typebox';
import type { guardStands, ReplayView } from '../../world/replay/play-replay.ts';
import type { Scenario } from '../../world/replay/scenarios.ts';
import { declareRoute, type Route, word } from '../modules/access/index.ts';
import { standings } from '../modules/ledger/index.ts';
import { Failure } from '../platform/errors.ts';
import { accountsMost, speedMost } from './replay-limits.ts';
import type { Replays } from './replays.ts';

/** What the routes of replays tell and do. */
export type ReplayRouteTools = {
  readonly replays: Pick<Replays, 'begin' | 'stop' | 'view'>;
  readonly scenarios: readonly Scenario[];
  readonly guard: () => ReturnType<typeof guardStands>;
};

const said = Type.Object({ fr: Type.String(), en: Type.String() });
const orNull = <T extends TSchema>(of: T) => Type.Union([Type.Null(), of]);
const maybeText = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description });
const count = (description: string) => Type.Integer({ description });
const standing = word(standings, 'What the account may do.');

const line = Type.Object({
  account: Type.Integer(),
  profession: Type.String(),
  lookups: count('What its thief asked.'),
  refused: count('Of these, what was refused.'),
  people: count('Different people told to the thief whom the account did not know.'),
  bits: Type.Number({ description: 'The evidence at its highest, in bits.' }),
  thresholds: Type.Object({
    challenge: Type.Number(),
    restrict: Type.Number(),
    suspend: Type.Number(),
  }),
  standing,
  contained: orNull(
    Type.Object(
      { standing, people: Type.Integer(), seconds: Type.Number() },
      { description: 'The first step that stopped the thief, and what was lost before it.' },
    ),
  ),
  caseFile: maybeText('The guard’s case.'),
  end: maybeText('Why its thief stopped.'),
});

const replay = Type.Object({
  scenario: Type.String(),
  speed: count('How many times as fast as the scenario.'),
  phase: word(['preparing', 'playing', 'over', 'stopped', 'failed'], 'How far it is.'),
  trouble: orNull(
    Type.Object(
      {
        is: word(
          ['refused', 'unexpected'],
          '`refused`: the server did not take the sessions of the holders.',
        ),
        detail: Type.String({ description: 'More of it, in English, for whoever runs the demo.' }),
      },
      { description: 'Why it failed.' },
    ),
  ),
  startedAt: Type.String({ description: 'UTC, ISO 8601.' }),
  seconds: Type.Number({ description: 'Since the first thief began.' }),
  people: count('Told to all thieves together.'),
  lines: Type.Array(line),
});

const state = Type.Object({
  guard: word(['acts', 'watches', 'off'], 'Whether a guard would stop the thieves.'),
  scenarios: Type.Array(
    Type.Object({
      name: Type.String(),
      says: said,
      accounts: count('How many are stolen.'),
      event: orNull(
        Type.Object({ people: Type.Integer(), says: said }, { description: 'What it is named after.' }),
      ),
    }),
  ),
  replay: orNull(replay),
});

const shared = { permission: 'manage-guard', purpose: null, personal: true } as const;
const closed = { additionalProperties: false };
const start = Type.Object(
  {
    scenario: Type.String({ maxLength: 60, description: 'The name of a scenario.' }),
    accounts: Type.Optional(Type.Integer({ minimum: 1, maximum: accountsMost })),
    speed: Type.Optional(Type.Integer({ minimum: 1, maximum: speedMost })),
  },
  closed,
);

/** Thefts replayed for whoever watches the guard: declared only in a demo. */
export function replayRoutes({ replays, scenarios, guard }: ReplayRouteTools): Route[] {
  const listed = scenarios.map(({ attack, says, accounts, event }) => {
    const named = event === null ? null : { people: event.people, says: event.says };
    return { name: attack.name, says, accounts, event: named };
  });
  const read = async () => {
    const view = replays.view();
    const shown = view === null ? null : told(view);
    return { guard: await guard(), scenarios: listed, replay: shown };
  };
  return [
    declareRoute({
      ...{ ...shared, method: 'GET', path: '/v1/replay', body: null, failures: ['account-suspended'] },
      says: 'The thefts that can be replayed here, and the last one as it stands. Only a demo has this.',
      answers: { 200: { says: 'As it stands.', schema: state } },
      handle: async () => ({ status: 200, body: await read() }),
    }),
    declareRoute({
      ...{ ...shared, method: 'POST', path: '/v1/replay', body: start },
      says: 'Replays a theft against this server: accounts of the demo are robbed, until the guard stops it.',
      example: { scenario: 'tiers-payant-2024', accounts: 3 },
      answers: { 200: { says: 'It began.', schema: state } },
      failures: ['account-suspended', 'replay-refused'],
      async handle({ body }) {
        const scenario = scenarios.find(({ attack }) => attack.name === body.scenario);
        if (scenario === undefined) throw unknownScenario(scenarios);
        const { accounts = scenario.accounts, speed = 1 } = body;
        await replays.begin({ scenario, accounts, speed });
        return { status: 200, body: await read() };
      },
    }),
    declareRoute({
      ...{ ...shared, method: 'POST', path: '/v1/replay/stop', body: Type.Object({}, closed) },
      says: 'Stops the replay that goes on. What the guard contained stays contained.',
      example: {},
      answers: { 200: { says: 'None goes on.', schema: state } },
      failures: ['account-suspended'],
      async handle() {
        await replays.stop();
        return { status: 200, body: await read() };
      },
    }),
  ];
}

function told({ hasNetworks: _hasNetworks, startedAt, ...view }: ReplayView) {
  return { ...view, startedAt: startedAt.toISOString(), lines: [...view.lines] };
}

function unknownScenario(scenarios: readonly Scenario[]): Failure {
  const says = `is none of ${scenarios.map(({ attack }) => attack.name).join(', ')}`;
  return new Failure('invalid-field', { fields: [{ field: 'scenario', says }] });
}
