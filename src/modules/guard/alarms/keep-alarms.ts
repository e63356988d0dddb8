import type { Database } from '../../../platform/database/connect.ts';
import { tellOfficers, type WritingTools } from '../../messages/index.ts';
import { detectors } from '../detectors/detectors.ts';
import { insertEvent } from '../telling/store.ts';
import { guardLimits, type Sign } from './alarm.ts';
import { alarmLetter } from './alarm-letter.ts';
import { type Alarm, closeAlarm, openAlarm, readAlarms, touchAlarm } from './store.ts';

/** What alarms are kept with. */
export type AlarmTools = WritingTools & { readonly db: Database };

/**
 * Raises, keeps and clears alarms by what was seen. Each is told when it is raised and when it is over, once
 * each: to every security officer by mail and to whoever hears the guard outside, in the transaction of it.
 */
export async function keepAlarms(tools: AlarmTools, signs: readonly Sign[]): Promise<void> {
  const open = await readAlarms(tools.db);
  for (const sign of signs) {
    const known = open.find(({ kind, detector }) => kind === sign.kind && detector === sign.detector);
    if (known === undefined && sign.is === 'on') await raise(tools, sign);
    else if (known !== undefined && sign.is === 'on' && sign.kind === 'detector-throws')
      await touchAlarm(tools.db, known.id, sign.entries);
    else if (known !== undefined && sign.is === 'off' && isOver(known)) await clear(tools, known);
  }
}

function isOver({ kind, quietHours }: Alarm): boolean {
  return kind !== 'detector-throws' || quietHours >= guardLimits.quietHours;
}

async function raise(tools: AlarmTools, { kind, detector, entries }: Sign): Promise<void> {
  await tools.db.begin(async (tx) => {
    const alarm = await openAlarm(tx, { kind, detector, entries });
    if (alarm === undefined) return;
    await insertEvent(tx, { type: 'guard.alarm.raised', data: dataOf(alarm) });
    await tellOfficers(tx, tools, { what: 'guard', letter: alarmLetter(alarm, detectorOf(alarm), 'raised') });
  });
}

async function clear(tools: AlarmTools, alarm: Alarm): Promise<void> {
  await tools.db.begin(async (tx) => {
    if (!(await closeAlarm(tx, alarm.id))) return;
    await insertEvent(tx, { type: 'guard.alarm.cleared', data: dataOf(alarm) });
    await tellOfficers(tx, tools, {
      what: 'guard',
      letter: alarmLetter(alarm, detectorOf(alarm), 'cleared'),
    });
  });
}

function dataOf(alarm: Alarm) {
  const { id, kind, entries, since } = alarm;
  return { alarm: id, kind, detector: detectorOf(alarm), since: since.toISOString(), entries };
}

/** The name of the detector that an alarm is about; null for none. */
export function detectorOf({ detector }: Pick<Alarm, 'detector'>): string | null {
  return detectors.find(({ number }) => number === detector)?.name ?? null;
}
