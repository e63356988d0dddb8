import type { Keys } from '../vault/index.ts';

/** Seals what is kept of care, bound to the one thing it belongs to: moved elsewhere, it does not open. */
export function sealCare(keys: Keys, content: unknown, about: CareName): Buffer {
  return keys.seal('claim', Buffer.from(JSON.stringify(content), 'utf8'), aboutOf(about));
}

/** Opens what `sealCare` sealed for the same thing. */
export function openCare<Content>(keys: Keys, sealed: Buffer, about: CareName): Content {
  const plain = keys.open('claim', sealed, aboutOf(about));
  const content = JSON.parse(plain.toString('utf8')) as Content;
  plain.fill(0);
  return content;
}

/** What sealed care belongs to. */
export type CareName = {
  readonly what: 'quote' | 'engagement' | 'claim' | 'decision' | 'envelope' | 'contest';
  readonly id: string;
};

function aboutOf({ what, id }: CareName): string {
  return `${what}|${id}`;
}
