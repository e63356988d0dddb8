import { Type } from '@sinclair/typebox';
import { type Caller, declareRoute, provenAccount, type Route } from '../access/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { confirmCase, containedHours, undoCase } from './acting/end-cases.ts';
import type { ActTools } from './acting/take-step.ts';
import { readAlarms } from './alarms/store.ts';
import { boardPeriods, readBoard } from './board/read-board.ts';
import { campaignRoutes } from './campaigns/routes.ts';
import { casePlacePattern, readCasePlace } from './cases/case-place.ts';
import { listCases, listOwnPast, readCase, readOwnCase } from './cases/read-cases.ts';
import { caseRoutes } from './cases/routes.ts';
import { detectors } from './detectors/detectors.ts';
import { exportCase } from './exporting/export-case.ts';
import { accountDays } from './fold/thresholds.ts';
import { readLag } from './following/read-lag.ts';
import { networkRoutes } from './networks/routes.ts';
import { asksPasskey, boardReaders, casePath, closed, officers, reason } from './route-parts.ts';
import * as shapes from './route-shapes.ts';
import { changeSettings } from './settings/change-settings.ts';
import { readSettings } from './settings/store.ts';

/** What the routes act and read with. */
export type RouteTools = ActTools & { readonly ledger: Pick<Ledger, 'readAllowance'> };

/** What the guard did and why, for those who judge it; and for the holder, what to do. */
export function guardRoutes(tools: RouteTools): Route[] {
  return [
    ...reading(tools),
    board(tools),
    ...caseRoutes(tools),
    ruling(tools, 'undo', undoCase, {
      says: 'Undoes what the guard did: the account is open again, and the case counts as a false alarm.',
      failures: ['not-found', 'already-reviewed', ...asksPasskey],
    }),
    ruling(tools, 'confirm', confirmCase, {
      says: 'Confirms that the account was stolen: it is suspended, and stays so until it is reinstated.',
      failures: ['not-found', 'already-reviewed', ...asksPasskey],
    }),
    ...campaignRoutes(tools),
    ...networkRoutes(tools),
    ...setting(tools),
    own(tools),
  ];
}

function reading(tools: ActTools): Route[] {
  const { db } = tools;
  return [
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/cases', body: null, failures: ['account-suspended'] },
      says:
        'Accounts that the guard contained, or would have; what is open first, the strictest step and the ' +
        'strongest evidence before others.',
      query: Type.Object(
        {
          account: Type.Optional(
            Type.String({ pattern: '^[1-9]\\d{0,8}$', description: 'Only of this account.' }),
          ),
          after: Type.Optional(
            Type.String({
              pattern: casePlacePattern,
              description: 'One of `next` of a page before: only what comes after it in its part.',
            }),
          ),
        },
        closed,
      ),
      answers: { 200: { says: 'They are listed, 200 of each part at most.', schema: shapes.cases } },
      async handle({ address }) {
        const account = address.account === undefined ? undefined : Number(address.account);
        const after = readCasePlace(address.after ?? '');
        return { status: 200, body: await listCases(db, { account, after }) };
      },
    }),
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/cases/{case}', pathPart: casePath, body: null },
      says:
        'One case: its steps, and the evidence of each lookup behind it. Places of the ledger, nobody’s ' +
        'name.',
      answers: { 200: { says: 'It is shown.', schema: shapes.wholeCase } },
      failures: ['not-found', 'account-suspended'],
      handle: async ({ address }) => ({ status: 200, body: await readCase(tools, String(address.case)) }),
    }),
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/cases/{case}/sigma', pathPart: casePath, body: null },
      says: 'What fired in a case as rules of Sigma, for a SIEM, with what they can and cannot say.',
      answers: { 200: { says: 'The rules.', schema: Type.String(), media: 'application/yaml' } },
      failures: ['not-found', 'account-suspended'],
      handle: async ({ address }) => ({ status: 200, body: await exportCase(tools, String(address.case)) }),
    }),
  ];
}

function board({ db }: ActTools): Route {
  return declareRoute({
    ...{ ...boardReaders, method: 'GET', path: '/v1/guard/board', body: null },
    failures: ['account-suspended'],
    query: Type.Object(
      { days: Type.Optional(Type.Union(boardPeriods.map((days) => Type.Literal(String(days))))) },
      closed,
    ),
    says: 'What was promised of false alarms, and what happened, by profession and step.',
    answers: { 200: { says: 'It is told.', schema: shapes.board } },
    async handle({ address }) {
      const days = Number(address.days ?? boardPeriods[0]);
      return { status: 200, body: { days, professions: await readBoard(db, days) } };
    },
  });
}

function ruling(
  tools: ActTools,
  verb: 'undo' | 'confirm',
  act: typeof undoCase,
  { says, failures }: Pick<Route, 'says' | 'failures'>,
): Route {
  return declareRoute({
    ...{ ...officers, method: 'POST', path: `/v1/guard/cases/{case}/${verb}`, pathPart: casePath },
    ...{ says, failures, body: reason, example: { why: 'Told by telephone, and recognised' } },
    answers: { 200: { says: 'It is done.', schema: shapes.ruled } },
    async handle({ caller, address, body }) {
      const by = provenAccount(caller);
      return { status: 200, body: await act(tools, { caseFile: String(address.case), by, why: body.why }) };
    },
  });
}

function setting(tools: ActTools): Route[] {
  const { db } = tools;
  const read = async () => {
    const { isShadow, shadowDetectors, by, at } = await readSettings(db);
    return {
      ...{ isShadow, setBy: by, setAt: at, accountDays, containedHours, lag: await readLag(db) },
      alarms: (await readAlarms(db)).map(({ kind, detector, entries, since }) => {
        return { kind, detector: detector === 0 ? null : detector, entries, since };
      }),
      detectors: detectors.map(({ number, name, says, waiting }) => ({
        ...{ number, name, fr: says.fr, en: says.en, isWaiting: waiting === true },
        isShadow: shadowDetectors.includes(number),
      })),
    };
  };
  return [
    declareRoute({
      ...{
        ...officers,
        method: 'GET',
        path: '/v1/guard/settings',
        body: null,
        failures: ['account-suspended'],
      },
      says: 'What acts and what only watches, what the thresholds promise, how far the guard is behind.',
      answers: { 200: { says: 'It is told.', schema: shapes.settings } },
      handle: async () => ({ status: 200, body: await read() }),
    }),
    declareRoute({
      ...{ ...officers, method: 'POST', path: '/v1/guard/settings', body: shapes.newSettings },
      says: 'Sets what only watches, with a reason; every security officer is told by mail.',
      example: { isShadow: false, shadowDetectors: [8], why: 'Hours are new: watched for two weeks first' },
      answers: { 200: { says: 'It is set.', schema: shapes.settings } },
      failures: ['not-found', ...asksPasskey],
      async handle({ caller, body }) {
        await changeSettings(tools, { ...body, by: provenAccount(caller) });
        return { status: 200, body: await read() };
      },
    }),
  ];
}

function own({ db }: ActTools): Route {
  return declareRoute({
    ...{
      method: 'GET',
      path: '/v1/own-containment',
      permission: 'read-allowance',
      purpose: null,
      body: null,
    },
    says: 'Whether the guard contains one’s own account, until when, and what it did to it lately.',
    answers: { 200: { says: 'It is told.', schema: shapes.ownContainment } },
    failures: [],
    personal: true,
    async handle({ caller }: { caller: Caller }) {
      const found = await readOwnCase(db, caller.account);
      const past = await listOwnPast(db, caller.account);
      return {
        status: 200,
        body: { standing: found?.standing ?? 'open', expiresAt: found?.expiresAt ?? null, past },
      };
    },
  });
}
