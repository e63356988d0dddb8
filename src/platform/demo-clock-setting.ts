import type { Setting } from './config.ts';

/** Whether the clock of a demo may be moved. */
export const demoClockSetting = {
  demoClock: {
    name: 'VIGIE_DEMO_CLOCK',
    kind: 'real or movable',
    says:
      'In a demo on this machine alone, whose database the server runs itself: lets the clock of server ' +
      'and ledger be moved forward, to see quotes expire and limits turn. No other house starts with it.',
    fallback: 'real',
    secret: false,
    read(text) {
      if (text === 'real' || text === 'movable') return text;
      throw new Error('must be one of real, movable');
    },
  } as Setting<'real' | 'movable'>,
};

const here = ['127.0.0.1', '::1', '[::1]', 'localhost'];

/** Why a clock may not be moved here. Whether the database is a demo is asked once it is open. */
export function demoClockProblems(values: Readonly<Record<string, unknown>>): string[] {
  if (values.demoClock !== 'movable') return [];
  const { environment, databaseUrl, host, publicUrl, trustedProxies } = values;
  const isElsewhere = publicUrl !== undefined && !here.includes(new URL(String(publicUrl)).hostname);
  const found: readonly (readonly [boolean, string])[] = [
    [environment === 'production', 'production has the real time'],
    [databaseUrl !== undefined, 'the clock of an external database is not ours to move'],
    [!here.includes(String(host)), 'it moves for this machine alone, and VIGIE_HOST is another address'],
    [isElsewhere, 'it moves for this machine alone, and VIGIE_PUBLIC_URL is another address'],
    [trustedProxies !== undefined, 'it moves for this machine alone, and VIGIE_TRUSTED_PROXIES are in front'],
  ];
  return found.filter(([holds]) => holds).map(([, why]) => `VIGIE_DEMO_CLOCK: ${why}`);
}
