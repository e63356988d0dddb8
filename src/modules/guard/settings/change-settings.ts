import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { type Letter, tellOfficers, type WritingTools } from '../../messages/index.ts';
import { sealText } from '../../vault/index.ts';
import { detectors } from '../detectors/detectors.ts';
import type { GuardSettings } from './settings.ts';
import { insertSettings } from './store.ts';

/**
 * Sets what only watches, with a reason; within seconds it holds. Every security officer is told by mail:
 * whoever stole one officer's account cannot blind the guard in silence.
 */
export async function changeSettings(
  tools: WritingTools & { readonly db: Database },
  change: GuardSettings & { readonly by: number; readonly why: string },
): Promise<void> {
  const { isShadow, shadowDetectors, by, why } = change;
  const known = detectors.map(({ number }) => number);
  const strange = shadowDetectors.find((number) => !known.includes(number));
  if (strange !== undefined) throw new Failure('not-found', { detail: `There is no detector ${strange}.` });
  const reasonSealed = sealText(tools.keys, why, 'guard-setting');
  await tools.db.begin(async (tx) => {
    await insertSettings(tx, { isShadow, shadowDetectors, by, reasonSealed });
    await tellOfficers(tx, tools, { what: 'guard', letter: changedLetter(change) });
  });
}

function changedLetter({ isShadow, shadowDetectors, by }: GuardSettings & { readonly by: number }): Letter {
  const names = detectors.filter(({ number }) => shadowDetectors.includes(number)).map(({ name }) => name);
  const watches = {
    fr: isShadow ? 'observe seulement' : names.length === 0 ? 'agit' : `agit, sauf par : ${names.join(', ')}`,
    en: isShadow ? 'only watches' : names.length === 0 ? 'acts' : `acts, but not by: ${names.join(', ')}`,
  };
  return {
    fr: {
      subject: 'Vigie : réglage de la garde changé',
      lines: [
        `La garde ${watches.fr}. Réglé par le compte ${by}.`,
        'Si cela ne vient pas de votre équipe, suspendez ce compte et remettez le réglage, dans « Garde ».',
      ],
    },
    en: {
      subject: 'Vigie: setting of the guard changed',
      lines: [
        `The guard ${watches.en}. Set by account ${by}.`,
        'If this does not come from your team, suspend that account and set it back, in "Guard".',
      ],
    },
  };
}
