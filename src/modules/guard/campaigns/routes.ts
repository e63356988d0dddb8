import { declareRoute, provenAccount, type Route } from '../../access/index.ts';
import type { ActTools } from '../acting/take-step.ts';
import { asksPasskey, campaignPath, officers, reason, sweepsQuery } from '../route-parts.ts';
import { listSweeps } from '../sweeps/read-sweeps.ts';
import { countSweeps } from '../sweeps/store.ts';
import { listCampaigns, readCampaign, readCampaignEffect } from './read-campaigns.ts';
import * as shapes from './route-shapes.ts';
import { closeCampaign, confirmMembers } from './rule-campaigns.ts';
import { countCampaigns } from './store.ts';

/** Accounts that belong together, and what was found in the past because one was confirmed. */
export function campaignRoutes(tools: ActTools): Route[] {
  return [...reading(tools), ...ruling(tools)];
}

function reading({ db }: ActTools): Route[] {
  return [
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/campaigns', body: null },
      says: 'Groups of accounts that seem to be in one hand, what is open and strongest first.',
      answers: { 200: { says: 'They are listed, 200 at most.', schema: shapes.campaigns } },
      failures: ['account-suspended'],
      async handle() {
        return { status: 200, body: { campaigns: await listCampaigns(db), count: await countCampaigns(db) } };
      },
    }),
    declareRoute({
      ...{ ...officers, method: 'GET', path: '/v1/guard/campaigns/{campaign}', pathPart: campaignPath },
      body: null,
      says: 'One campaign: its accounts, what links them, and the sweeps that began with one of them.',
      answers: { 200: { says: 'It is shown.', schema: shapes.wholeCampaign } },
      failures: ['not-found', 'account-suspended'],
      handle: async ({ address }) => ({
        status: 200,
        body: await readCampaign(db, String(address.campaign)),
      }),
    }),
    declareRoute({
      ...{
        ...officers,
        method: 'GET',
        path: '/v1/guard/campaigns/{campaign}/effect',
        pathPart: campaignPath,
      },
      body: null,
      says: 'What confirming members of a campaign would end now: sessions, and software that acts for them.',
      answers: { 200: { says: 'It is told.', schema: shapes.effect } },
      failures: ['not-found', 'account-suspended'],
      handle: async ({ address }) => ({
        status: 200,
        body: { members: await readCampaignEffect(db, String(address.campaign)) },
      }),
    }),
    declareRoute({
      ...{
        ...officers,
        method: 'GET',
        path: '/v1/guard/sweeps',
        body: null,
        failures: ['account-suspended'],
      },
      query: sweepsQuery,
      says: 'What was looked for in the past because a case was confirmed, and whom it found.',
      answers: { 200: { says: 'They are listed, the newest 50.', schema: shapes.sweeps } },
      async handle({ address }) {
        const only = address.case === undefined ? {} : { caseFile: String(address.case) };
        return {
          status: 200,
          body: { sweeps: await listSweeps(db, only), count: await countSweeps(db, only) },
        };
      },
    }),
  ];
}

function ruling(tools: ActTools): Route[] {
  const { db } = tools;
  return [
    declareRoute({
      ...{ ...officers, method: 'POST', path: '/v1/guard/campaigns/{campaign}/confirmation' },
      ...{ pathPart: campaignPath, body: shapes.confirmation },
      says:
        'Confirms that members were stolen: they are suspended, the bar of those linked to them is lower, ' +
        'and the last 90 days are searched.',
      example: { accounts: [1041, 1187], why: 'Both holders told us by telephone that it was not them' },
      answers: { 200: { says: 'It is done.', schema: shapes.wholeCampaign } },
      failures: ['not-found', 'already-reviewed', ...asksPasskey],
      async handle({ caller, address, body }) {
        const campaign = String(address.campaign);
        await confirmMembers(tools, { ...body, campaign, by: provenAccount(caller) });
        return { status: 200, body: await readCampaign(db, campaign) };
      },
    }),
    declareRoute({
      ...{ ...officers, method: 'POST', path: '/v1/guard/campaigns/{campaign}/closing' },
      ...{ pathPart: campaignPath, body: reason },
      says: 'Says that it is no campaign: its links lead to nothing any more; cases stay as they are.',
      example: { why: 'Six practices of one house moved to the same software on that day' },
      answers: { 200: { says: 'It is done.', schema: shapes.wholeCampaign } },
      failures: ['not-found', 'already-reviewed', ...asksPasskey],
      async handle({ caller, address, body }) {
        const campaign = String(address.campaign);
        await closeCampaign(tools, { ...body, campaign, by: provenAccount(caller) });
        return { status: 200, body: await readCampaign(db, campaign) };
      },
    }),
  ];
}
