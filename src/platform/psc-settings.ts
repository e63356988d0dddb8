import { readFileSync } from 'node:fs';
import type { Setting } from './config.ts';

const shared = { fallback: undefined, secret: false } as const;

/** How Pro Santé Connect is reached: all three, or none and nothing of it exists. */
export const pscSettings = {
  pscIssuer: {
    ...shared,
    name: 'VIGIE_PSC_ISSUER',
    kind: 'https address',
    says: 'The issuer of Pro Santé Connect: professionals may then sign in with it. All three, or none.',
    read: issuer,
  } as Setting<string | undefined>,
  pscClientId: {
    ...shared,
    name: 'VIGIE_PSC_CLIENT_ID',
    kind: 'name',
    says: 'The name that Pro Santé Connect gave this installation.',
    read: notEmpty,
  } as Setting<string | undefined>,
  pscClientSecretFile: {
    ...shared,
    name: 'VIGIE_PSC_CLIENT_SECRET_FILE',
    kind: 'path of a file',
    says: 'A file that holds the secret of that name, and nothing else.',
    read: notEmpty,
  } as Setting<string | undefined>,
};

/** What is wrong with the three together. */
export function pscProblems(values: Record<string, unknown>): string[] {
  const given = Object.entries(pscSettings).filter(([key]) => values[key] !== undefined);
  if (given.length === 0) return [];
  const missing = Object.entries(pscSettings).filter(([key]) => values[key] === undefined);
  const problems = missing.map(([, { name }]) => `${name}: Pro Santé Connect needs all three settings`);
  if (values.environment === 'production' && String(values.pscIssuer ?? '').startsWith('http:')) {
    problems.push('VIGIE_PSC_ISSUER: production is reached by https');
  }
  return problems;
}

/** The secret of a file, without the line's end that editors leave. */
export function readPscSecret(path: string): string {
  const secret = readFileSync(path, 'utf8').trim();
  if (secret === '') throw new Error('VIGIE_PSC_CLIENT_SECRET_FILE: the file is empty');
  return secret;
}

function issuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  const isPlain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (!isPlain || !(url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback))) {
    throw new Error('must be an https address, without a query');
  }
  return text;
}

/** The text of a setting that says something. */
export function notEmpty(text: string): string {
  if (text.trim() === '') throw new Error('is empty');
  return text;
}
