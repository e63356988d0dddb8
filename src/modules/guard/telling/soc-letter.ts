import type { Letter } from '../../messages/index.ts';
import { eventTable, type WrittenEvent } from './events.ts';

/** What the SOC is mailed: one line an event, in numbers; the most severe is in the subject. */
export function socLetter(events: readonly WrittenEvent[]): Letter {
  const worst = events.reduce<WrittenEvent | undefined>(
    (most, each) => (most === undefined || severityOf(each) > severityOf(most) ? each : most),
    undefined,
  );
  const more = events.length - 1;
  const part = (language: 'fr' | 'en', also: string, says: string) => ({
    subject: `${worst === undefined ? '' : called(worst, language)}${more < 1 ? '' : ` (+ ${more} ${also})`}`,
    lines: [says, ...events.map((event) => lineOf(event, language))],
  });
  return {
    fr: part('fr', 'autres', 'Ce que la garde de Vigie a fait ou vu depuis son dernier message :'),
    en: part('en', 'more', 'What the guard of Vigie did or saw since its last message:'),
  };
}

function severityOf({ type }: WrittenEvent): number {
  return eventTable[type].severity;
}

function called({ type, data }: WrittenEvent, language: 'fr' | 'en'): string {
  const account =
    data.account === undefined ? '' : ` ${language === 'fr' ? 'compte' : 'account'} ${data.account}`;
  return `Vigie${language === 'fr' ? ' ' : ''}: ${eventTable[type][language]}${account}`;
}

function lineOf(event: WrittenEvent, language: 'fr' | 'en'): string {
  const { data, type, at } = event;
  const said = Object.entries(data).flatMap(([key, value]) => {
    if (value === null || value === false || Array.isArray(value)) return [];
    return [`${key} ${typeof value === 'number' ? Math.round(value * 10) / 10 : String(value)}`];
  });
  return `${at.toISOString()} — ${eventTable[type][language]} — ${type} — ${said.join(', ')}`;
}
