import { cefText, type Sender } from './cef.ts';
import { eventTable, type WrittenEvent } from './events.ts';

/** RFC 5424, table 1: security and authorisation messages. */
const facility = 4;

/** Severities of RFC 5424, table 2, from those of CEF (assumed); the first that is reached. */
const severities = [
  { from: 9, syslog: 2 },
  { from: 7, syslog: 3 },
  { from: 4, syslog: 4 },
  { from: 1, syslog: 5 },
  { from: 0, syslog: 6 },
];

/** An event as one message of RFC 5424 with CEF in it: one line, and no line break in it. */
export function syslogText(event: WrittenEvent, sender: Sender): string {
  const { severity } = eventTable[event.type];
  const level = severities.find(({ from }) => severity >= from)?.syslog ?? 6;
  const host = sender.host.replace(/[^\x21-\x7e]/g, '').slice(0, 255) || '-';
  const head = `<${facility * 8 + level}>1 ${event.at.toISOString()} ${host} vigie - ${event.type} -`;
  return `${head} ${cefText(event, sender)}`;
}
