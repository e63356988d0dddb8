import type { Database } from '../../../platform/database/connect.ts';
import type { Log } from '../../../platform/log.ts';
import type { EmergencyReason } from '../../ledger/index.ts';
import { type Letter, tellOfficers, type WritingTools } from '../../messages/index.ts';
import type { ToldToReview } from '../lookup-coverage.ts';

const reasons: Readonly<Record<EmergencyReason, { readonly fr: string; readonly en: string }>> = {
  'emergency-care': { fr: 'soins urgents', en: 'emergency care' },
  'unconscious-person': { fr: 'personne inconsciente', en: 'the person is unconscious' },
  'person-cannot-answer': { fr: 'personne hors d’état de répondre', en: 'the person cannot answer' },
};

/**
 * Tells the security officers of a break-glass, once its entry is durable. Whoever asked does not wait for
 * it: that it happened is in the ledger, and on the page of reviews, whether or not a mail goes out.
 */
export function createTellBreakGlass(
  tools: WritingTools & { readonly db: Database; readonly log: Log },
): (review: ToldToReview) => void {
  return ({ account, entry, reason }) => {
    const place = `${entry.lane}/${entry.seq}`;
    tools.log.warn({ account, entry: place, reason }, 'a break-glass waits for review');
    const letter = letterOf({ account, place, reason });
    tellOfficers(tools.db, tools, { what: 'break-glass', letter }).catch((error: unknown) =>
      tools.log.error({ err: error, entry: place }, 'officers could not be written to about a break-glass'),
    );
  };
}

function letterOf(told: { account: number; place: string; reason: EmergencyReason }): Letter {
  const { account, place } = told;
  const { fr, en } = reasons[told.reason];
  return {
    fr: {
      subject: `Vigie : consultation d’urgence du compte ${account}`,
      lines: [
        `Le compte ${account} a consulté une personne au-delà de son crédit, en urgence (${fr}).`,
        `C’est l’inscription ${place} du registre. Elle attend votre avis, dans « À revoir ».`,
      ],
    },
    en: {
      subject: `Vigie: emergency lookup by account ${account}`,
      lines: [
        `Account ${account} looked somebody up beyond its allowance, as an emergency (${en}).`,
        `It is entry ${place} of the ledger. It waits for your judgement, in "Reviews".`,
      ],
    },
  };
}
