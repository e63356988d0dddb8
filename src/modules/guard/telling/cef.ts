import { eventTable, type WrittenEvent } from './events.ts';

/** Who sends it: the platform's host, and its version. */
export type Sender = { readonly host: string; readonly version: string };

/**
 * Where each part of an event stands in the CEF extension. Keys: ArcSight's "Implementing ArcSight Common
 * Event Format", version 23, as vendors' copies of its dictionary have them (rt, externalId, cat, act,
 * outcome, cs1 to cs6, cn1, cfp1 and their labels confirmed there; `suid` and `cnt` from memory of the same
 * dictionary: unconfirmed). A custom key never stands without its label.
 */
const places: readonly {
  readonly of: string;
  readonly key: string;
  readonly label?: string;
}[] = [
  { of: 'account', key: 'suid' },
  { of: 'case', key: 'cs1', label: 'case' },
  { of: 'entry', key: 'cs2', label: 'ledgerEntry' },
  { of: 'detectors', key: 'cs3', label: 'detectorBits' },
  { of: 'to', key: 'act' },
  { of: 'organisation', key: 'cs4', label: 'organisation' },
  { of: 'profession', key: 'cs5', label: 'profession' },
  { of: 'kind', key: 'cs5', label: 'alarmKind' },
  { of: 'detector', key: 'cs6', label: 'detector' },
  { of: 'alarm', key: 'cs1', label: 'alarm' },
  { of: 'campaign', key: 'cs1', label: 'campaign' },
  { of: 'accounts', key: 'cnt' },
  { of: 'bits', key: 'cfp1', label: 'bits' },
  { of: 'by', key: 'cn1', label: 'byAccount' },
  { of: 'entries', key: 'cnt' },
];

/** An event as one line of CEF 0. It holds no line break, whatever was put into it. */
export function cefText({ id, type, at, data }: WrittenEvent, { version }: Pick<Sender, 'version'>): string {
  const { severity, en } = eventTable[type];
  const header = ['CEF:0', 'Vigie', 'guard', version, type, en, String(severity)].map(escapeHeader);
  const said = places.flatMap(({ of, key, label }) => {
    const value = textOf(data[of]);
    if (value === undefined) return [];
    return label === undefined
      ? [[key, value] as const]
      : ([
          [`${key}Label`, label],
          [key, value],
        ] as const);
  });
  const modes = [data.shadow === true ? 'shadow' : '', data.honey === true ? 'honey' : ''].filter(Boolean);
  const extension = [
    ['rt', String(at.getTime())] as const,
    ['externalId', id] as const,
    ['cat', ['guard', ...modes].join('/')] as const,
    ...said,
  ];
  return `${header.join('|')}|${extension.map(([key, value]) => `${key}=${escapeValue(value)}`).join(' ')}`;
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(({ name, bits }) => `${name}:${rounded(bits)}`).join(' ');
  return typeof value === 'number' ? rounded(value) : String(value);
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/**
 * A part of the header: backslash and pipe are escaped, and it has no line. The rules: Forcepoint and rsyslog
 * document them alike; an equal sign needs none here.
 */
export function escapeHeader(text: string): string {
  return withoutControls(text.replace(/[\r\n]+/g, ' ')).replace(/[\\|]/g, '\\$&');
}

/** A value of the extension: backslash and equal sign are escaped, line breaks are written; pipes stay. */
export function escapeValue(text: string): string {
  const escaped = text.replace(/[\\=]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return withoutControls(escaped);
}

/** Nothing that ends a line or a frame for some receiver: controls, and the line separators of Unicode. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
