import { type TSchema, Type } from '@sinclair/typebox';
import type { Database } from '../../../platform/database/connect.ts';
import { assert, Failure } from '../../../platform/errors.ts';
import { choice, declareRoute, type Route, word } from '../../access/index.ts';
import { peopleColumns } from '../people/people-file.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { ReceiveImport } from './receive-import.ts';
import { rejectedHeader } from './rejected-chunks.ts';
import { readRejected, readUploads, type Upload } from './store.ts';
import { uploadAnswer } from './upload-answer.ts';

const listedMost = 50;
const states = ['queued', 'running', 'done', 'failed', 'interrupted'] as const;
const state = word(states, 'queued: it waits; running: it is read; done, failed: it ended.');
const id = Type.Integer({ description: 'The number of the import.' });
const count = (description: string) => Type.Integer({ description });
const instant = (description: string): TSchema => Type.Unsafe({ type: ['string', 'null'], description });
const truth = (description: string) => Type.Optional(choice(['true', 'false'], description));

const one = Type.Object({
  id,
  kind: word(['people'], 'What the file lists.'),
  state,
  full: Type.Boolean({ description: 'Whether the file says that it lists everybody.' }),
  dryRun: Type.Boolean({ description: 'Whether this is a trial that changes nothing.' }),
  counts: Type.Object(
    {
      lines: count('Lines read.'),
      people: count('People the lines tell of.'),
      added: count('People nothing was known of.'),
      changed: count('People of whom something changed.'),
      unchanged: count('People of whom nothing did.'),
      closed: count('People a full file no longer lists, whose rights ended.'),
      rejected: count('Lines that did not go in.'),
    },
    { description: 'What became of the lines, so far.' },
  ),
  message: instant('What to do now, in words.'),
  receivedAt: instant('When the file was there whole.'),
  startedAt: instant('When it was begun.'),
  endedAt: instant('When it ended.'),
});

const exampleOne = {
  id: 41,
  kind: 'people',
  state: 'done',
  full: true,
  dryRun: false,
  counts: { lines: 9200, people: 2100, added: 12, changed: 31, unchanged: 2057, closed: 9, rejected: 2 },
  message:
    '2 of 9200 lines did not go in; /v1/imports/41/rejected says why. Correct them and send the file again.',
  receivedAt: '2026-11-23T08:00:00.000Z',
  startedAt: '2026-11-23T08:00:01.000Z',
  endedAt: '2026-11-23T08:00:03.000Z',
};

const exampleFile =
  `${peopleColumns.join(';')}\n` +
  '284058832102532;1984-05-17;1;MARTIN;Léa;2;88;C1;0001;VB;20205;true;2026-01-01;2026-12-31;;PHAR;100%\n';

const query = Type.Object(
  {
    kind: choice(['people'], 'What the file lists. An insurer sends people; the rest is the operator’s.'),
    full: truth('The file lists everybody: whom it does not list is closed.'),
    dryRun: truth('Say what would change, change nothing.'),
    confirmClosures: truth('Close those a full file does not list, though they are more than 5 %.'),
  },
  { additionalProperties: false },
);

const pathPart = Type.Object({
  id: Type.String({ pattern: '^[1-9][0-9]{0,15}$', description: 'The number of the import.' }),
});

const common = { permission: 'import', purpose: null, body: null, personal: false } as const;

/** The routes by which insurers send files and learn what became of them. */
export function importRoutes(use: {
  readonly db: Database;
  readonly receive: ReceiveImport;
  readonly bytesMax: number;
}): Route[] {
  return [sendRoute(use), ...readRoutes(use.db)];
}

function sendRoute(use: { receive: ReceiveImport; bytesMax: number }): Route {
  return declareRoute({
    ...common,
    method: 'POST',
    path: '/v1/imports',
    says: 'Sends a file of the insurer’s people. It waits, sealed, and is read soon: poll, or set a webhook.',
    query,
    requestHeaders: {
      'Idempotency-Key': 'Your name for this upload: the same one within a day gives the same import.',
      'Repr-Digest': 'sha-256=:BASE64: of the body; what differs from it is refused.',
      'Content-Digest': 'The same.',
      Digest: 'The same in its older form, sha-256=BASE64.',
    },
    stream: {
      says: `CSV or one JSON object a line, gzipped or not, ${use.bytesMax} bytes at most, unpacked too.`,
      media: ['text/csv', 'application/x-ndjson', 'application/gzip', 'application/octet-stream'],
      bytesMax: use.bytesMax,
      example: exampleFile,
    },
    answers: {
      202: {
        says: 'The file is there whole, and will be read.',
        schema: Type.Object({ id, state }),
        headers: { Location: 'Where to ask what became of it.' },
        example: { id: 41, state: 'queued' },
      },
    },
    failures: ['digest-mismatch', 'too-many-imports', 'storage-full'],
    async handle({ caller, address, headers, stream }) {
      assert(stream !== null, 'the route takes a file');
      const { full, dryRun, confirmClosures } = address;
      const noted = await use.receive({
        caller,
        stream,
        headers,
        complete: full === 'true',
        dryRun: dryRun === 'true',
        confirmClosures: confirmClosures === 'true',
      });
      const body = { id: Number(noted.id), state: noted.state };
      return { status: 202, body, headers: { location: `/v1/imports/${noted.id}` } };
    },
  });
}

function readRoutes(db: Database): Route[] {
  return [
    declareRoute({
      ...common,
      method: 'GET',
      path: '/v1/imports',
      says: `The last ${listedMost} files this account sent.`,
      answers: {
        200: {
          says: 'The last first.',
          schema: Type.Object({ imports: Type.Array(one) }),
          example: { imports: [exampleOne] },
        },
      },
      failures: [],
      handle: async ({ caller }) => {
        const uploads = await readOwn(db, { account: caller.account, most: listedMost });
        return { status: 200, body: { imports: uploads.map(uploadAnswer) } };
      },
    }),
    declareRoute({
      ...common,
      method: 'GET',
      path: '/v1/imports/{id}',
      pathPart,
      says: 'What became of a file this account sent.',
      answers: { 200: { says: 'So far, or in the end.', schema: one, example: exampleOne } },
      failures: ['not-found'],
      handle: async ({ caller, address }) => {
        return { status: 200, body: uploadAnswer(await requireOwn(db, caller.account, address.id)) };
      },
    }),
    declareRoute({
      ...common,
      method: 'GET',
      path: '/v1/imports/{id}/rejected',
      pathPart,
      says: 'The lines that did not go in: their numbers and why, never what they held. Kept 30 days.',
      answers: {
        200: {
          says: 'As CSV: line;column;valueClass;reason.',
          schema: Type.String(),
          media: 'text/csv; charset=utf-8',
          example: `${rejectedHeader}7;nir;15 digits;wrong-nir-key\n`,
        },
      },
      failures: ['not-found'],
      handle: async ({ caller, address }) => {
        const upload = await requireOwn(db, caller.account, address.id);
        const chunks = await orUnavailable(readRejected(db, upload.id));
        return { status: 200, body: [rejectedHeader, ...chunks].join('') };
      },
    }),
  ];
}

/** One of the account's own imports; another's is told like one that never was. */
async function requireOwn(db: Database, account: number, asked: string | undefined): Promise<Upload> {
  const [upload] = await readOwn(db, { account, id: asked ?? '0', most: 1 });
  if (upload === undefined) throw new Failure('not-found');
  return upload;
}

function readOwn(db: Database, of: Parameters<typeof readUploads>[1]): Promise<Upload[]> {
  return orUnavailable(readUploads(db, of));
}
