import type { Letter } from '../../messages/index.ts';
import type { AlarmKind } from './alarm.ts';
import type { Alarm } from './store.ts';

type Said = { readonly fr: string; readonly en: string };

/** What each alarm says, and what to do about it. */
const says: Readonly<Record<AlarmKind, (detector: string) => Said>> = {
  'detector-throws': (detector) => ({
    fr:
      `Le détecteur « ${detector} » échoue : il est laissé de côté pour ces inscriptions, les autres ` +
      'continuent. Signalez-le à qui tient le logiciel.',
    en:
      `Detector "${detector}" fails: it is left out for those entries, the others go on. Report it to ` +
      'whoever maintains the software.',
  }),
  'claims-silent': () => ({
    fr:
      'Des personnes sont consultées et aucune facture n’arrive plus. Après 16 heures sans facture, le ' +
      'détecteur des consultations sans facture attend. Regardez si les factures arrivent et sont décidées.',
    en:
      'People are looked up and no claim comes any more. After 16 hours without one, the detector of ' +
      'lookups without a claim waits. Look whether claims arrive and are decided.',
  }),
  'geography-missing': () => ({
    fr:
      'Les consultations ne portent plus de département : le détecteur de géographie ne voit rien. ' +
      'Regardez la version des serveurs.',
    en:
      'Lookups carry no département any more: the detector of geography sees nothing. Look at the version ' +
      'of the servers.',
  }),
  'guard-behind': () => ({
    fr:
      'La garde a plus d’une minute de retard ou ne répond plus : un compte volé ne serait pas remarqué. ' +
      'Les consultations continuent, dans la limite du crédit. Regardez vigie status et le journal du ' +
      'serveur.',
    en:
      'The guard is more than a minute behind, or silent: a stolen account would not be noticed. ' +
      'Lookups go on, within the allowance. Look at vigie status and at the server’s log.',
  }),
};

/** What security officers are told of an alarm: what is wrong, since when, what to do; or that it is over. */
export function alarmLetter(alarm: Alarm, detector: string | null, what: 'raised' | 'cleared'): Letter {
  const said = says[alarm.kind](detector ?? '');
  const since = alarm.since.toISOString();
  const isOver = what === 'cleared';
  return {
    fr: {
      subject: isOver ? 'Vigie : fin d’une alarme de la garde' : 'Vigie : alarme de la garde',
      lines: isOver
        ? [`C’est fini. L’alarme du ${since} disait : ${said.fr}`]
        : [said.fr, `Depuis le ${since}.`],
    },
    en: {
      subject: isOver ? 'alarm of the guard over' : 'alarm of the guard',
      lines: isOver ? [`It is over. The alarm of ${since} said: ${said.en}`] : [said.en, `Since ${since}.`],
    },
  };
}
