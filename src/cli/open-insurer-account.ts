import {
  type AccountTools,
  createOrganisation,
  createWebhook,
  openAccount,
  webhookProblem,
} from '../modules/access/index.ts';
import { findInsurer } from '../modules/rights/index.ts';
import type { Config } from '../platform/config.ts';
import { UsageProblem } from './command.ts';

/** A service account of an insurer, as it is asked for. */
export type InsurerAccountAsked = {
  readonly amcCode: string;
  readonly name: string;
  readonly webhook: string | undefined;
};

/** What is shown of it, once. */
export type InsurerAccountOpened = {
  readonly account: number;
  readonly organisation: number;
  readonly webhookSecret?: string;
};

/** It draws nobody: should a permission ever be given by mistake, the ledger still refuses. */
const nobodyToDraw = {
  cap: 0,
  renewalPerDay: 0,
  usualNewPeoplePerDay: 0,
  peoplePerDayMax: 0,
  openingBalance: 0,
};

/** Opens an account that may send one insurer's files and look nobody up. */
export async function openInsurerAccount(
  tools: AccountTools,
  config: Config,
  { amcCode, name, webhook }: InsurerAccountAsked,
): Promise<InsurerAccountOpened> {
  const problem = webhook === undefined ? null : webhookProblem(webhook, config.environment === 'production');
  if (problem !== null) throw new UsageProblem(`--webhook ${problem}.`);
  const insurer = await findInsurer(tools.db, amcCode);
  if (insurer === undefined) {
    throw new Error(`No insurer has the number ${amcCode}: load it first with vigie import insurers.`);
  }
  const organisation = await createOrganisation(tools, insurer.name);
  const account = await openAccount(tools, {
    organisation,
    profession: 'insurer',
    role: 'insurer-service',
    insurer: insurer.id,
    holder: { name },
    figures: nobodyToDraw,
  });
  if (webhook === undefined) return { account, organisation };
  return { account, organisation, webhookSecret: await createWebhook(tools, account, webhook) };
}
