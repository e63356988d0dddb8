import { escapeHtml } from '../../platform/plain-page.ts';

/** A message in both languages, before it has an address: plain sentences. */
export type Letter = { readonly fr: Part; readonly en: Part };
type Part = { readonly subject: string; readonly lines: readonly string[] };

/** A letter as it is mailed. */
export type Written = { readonly subject: string; readonly text: string; readonly html: string };

const noLink = {
  fr: 'Ce message ne contient aucun lien et Vigie ne demande jamais de code : tapez vous-même l’adresse',
  en: 'This message has no link, and Vigie never asks for a code: type the address yourself',
};

/** Writes a letter, French first; without a link, an image or anything that tells who read it. */
export function writeLetter({ fr, en }: Letter, site: string): Written {
  const host = new URL(site).host;
  const french = [...fr.lines, `${noLink.fr} (${host}).`];
  const english = [...en.lines, `${noLink.en} (${host}).`];
  const text = [...french, '— English —', ...english].map(oneLine).join('\n\n');
  const part = (lines: readonly string[], language: string) =>
    `<div lang="${language}">${lines.map((line) => `<p>${escapeHtml(oneLine(line))}</p>`).join('')}</div>`;
  const html = `<!doctype html><html><body>${part(french, 'fr')}<hr>${part(english, 'en')}</body></html>`;
  return { subject: oneLine(`${fr.subject} / ${en.subject}`), text: `${text}\n`, html };
}

/** Control characters out: a name that somebody chose begins no new line, and no header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
