import { readFile } from 'node:fs/promises';
import { escapeHtml, plainPage, styleSource } from '../platform/plain-page.ts';

/** Lets the page's own style through and nothing else: it must show when everything else is refused. */
export const statusPolicy = [
  "default-src 'none'",
  `style-src ${styleSource}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the page says: whether lookups can be answered, and the operator's own words about it. */
export type Status = { readonly works: boolean; readonly words: string | null; readonly at: Date };

const wordsMax = 4000;

/** The operator's words, from their file; null when there are none. It is read anew for each page. */
export async function readWords(file: string | undefined): Promise<string | null> {
  if (file === undefined) return null;
  const text = await readFile(file, 'utf8').catch(() => '');
  const words = text.trim().slice(0, wordsMax);
  return words === '' ? null : words;
}

/** The state of the service for anybody, without script, database or account. */
export function statusPage({ works, words, at }: Status): string {
  const now = works
    ? ['✓ Les consultations de droits fonctionnent.', 'Coverage lookups work.']
    : ['✕ Vigie ne peut pas répondre aux consultations en ce moment.', 'Lookups cannot be answered now.'];
  const still = works
    ? []
    : [
        [
          'La carte de l’assuré dit toujours ses garanties.',
          'The insured person’s card still tells their cover.',
        ],
        [
          'Ce qui a été répondu reste enregistré ; rien n’est répondu sans l’être.',
          'What was answered stays recorded; nothing is answered without being so.',
        ],
        ['Recommencez plus tard : rien n’est à ressaisir chez nous.', 'Try again later: nothing was lost.'],
      ];
  const lines = still.map(([fr, en]) => `<li>${fr}<br><span lang="en">${en}</span></li>`);
  return plainPage(
    'état du service',
    `<h1>Vigie : état du service <span lang="en">/ service status</span></h1>
<p class="now">${now[0]}<br><span lang="en">${now[1]}</span></p>
${words === null ? '' : section('L’exploitant', 'the operator', `<p class="words">${escapeHtml(words)}</p>`)}
${works ? '' : section('Ce qui marche encore', 'what still works', `<ul>${lines.join('')}</ul>`)}
<p>${at.toISOString().replace('T', ' ').slice(0, 16)} UTC</p>`,
  );
}

function section(fr: string, en: string, content: string): string {
  return `<h2>${fr} <span lang="en">/ ${en}</span></h2>${content}`;
}
