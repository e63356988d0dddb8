import { Type } from '@sinclair/typebox';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { declareRoute, insurerOf, type Route, word } from '../../access/index.ts';
import { orUnavailable } from './or-unavailable.ts';
import { readRejectedPage } from './rejected-chunks.ts';
import { readInsurerUploads, type Upload } from './store.ts';
import { uploadAnswer } from './upload-answer.ts';

const listedMost = 50;
const linesMost = 50;
const states = ['queued', 'running', 'done', 'failed', 'interrupted'] as const;
const instant = Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'UTC, ISO 8601.' });
const count = Type.Integer();

const one = Type.Object({
  id: Type.Integer({ description: 'The number of the import.' }),
  state: word(states, 'queued: it waits; running: it is read; done, failed: it ended.'),
  full: Type.Boolean({ description: 'Whether the file says that it lists everybody.' }),
  dryRun: Type.Boolean({ description: 'Whether this is a trial that changes nothing.' }),
  counts: Type.Object({
    ...{ lines: count, people: count, added: count, changed: count, unchanged: count, closed: count },
    rejected: count,
  }),
  message: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'What to do now, in words.' }),
  ...{ receivedAt: instant, startedAt: instant, endedAt: instant },
});
const rejected = Type.Object({
  lines: Type.Array(
    Type.Object({
      line: Type.Integer({ description: 'Its number in the file.' }),
      column: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
      valueClass: Type.String({ description: 'What kind of text stood there (15 digits), never the text.' }),
      reason: Type.String({ description: 'Why it did not go in: docs/operating/import.md.' }),
    }),
  ),
  next: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'How many lines to pass over for the next page.',
  }),
});

const pathPart = Type.Object({ id: Type.String({ pattern: '^[1-9][0-9]{0,15}$' }) });
const query = Type.Object(
  { after: Type.Optional(Type.String({ pattern: '^\\d{1,5}$', description: '`next` of the page before.' })) },
  { additionalProperties: false },
);
const shared = { permission: 'read-imports', purpose: null, body: null, personal: false } as const;

/**
 * What became of an insurer's files, for its agents. Of lines that did not go in, only their numbers and
 * reasons were ever kept: there is nobody in an answer to take a receipt for.
 */
export function insurerImportRoutes({ db }: { readonly db: Database }): Route[] {
  return [
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/insurer-imports',
      says: `The last ${listedMost} files of people of one’s own insurer, whoever sent them.`,
      answers: { 200: { says: 'The last first.', schema: Type.Object({ imports: Type.Array(one) }) } },
      failures: [],
      async handle({ caller }) {
        const uploads = await readOwn(db, { insurer: insurerOf(caller), most: listedMost });
        return { status: 200, body: { imports: uploads.map(uploadAnswer) } };
      },
    }),
    declareRoute({
      ...shared,
      method: 'GET',
      path: '/v1/insurer-imports/{id}/rejected',
      ...{ pathPart, query },
      says: 'Lines of one of them that did not go in: numbers and reasons, not what they held; for 30 days.',
      answers: { 200: { says: `${linesMost} at most.`, schema: rejected } },
      failures: ['not-found'],
      async handle({ caller, address: { id = '', after = '0' } }) {
        const [upload] = await readOwn(db, { insurer: insurerOf(caller), id, most: 1 });
        if (upload === undefined) throw new Failure('not-found');
        const page = { id: upload.id, after: Number(after), most: linesMost };
        const lines = await orUnavailable(readRejectedPage(db, page));
        const next = lines.length === linesMost ? page.after + linesMost : null;
        return { status: 200, body: { lines, next } };
      },
    }),
  ];
}

function readOwn(db: Database, of: Parameters<typeof readInsurerUploads>[1]): Promise<Upload[]> {
  return orUnavailable(readInsurerUploads(db, of));
}
