import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parseDocument } from 'yaml';

/** One thing that is wrong in a document, and where. */
export type Problem = { readonly where: string; readonly says: string };

/** A document that cannot be read as what it should be: everything wrong that was found. */
export class DocumentProblem extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ where, says }) => `${where}: ${says}`).join('\n'));
    this.problems = problems;
  }
}

const charactersMax = 1_000_000;
const problemsMax = 20;

/**
 * Reads YAML (and so JSON) of a shape. Every value is read as text: 30.00 stays 30.00, and no word becomes a
 * truth value. Aliases are refused, since a small document may grow without end by them. Throws
 * DocumentProblem.
 */
export function readDocument<S extends TSchema>(text: string, schema: S): Static<S> {
  if (text.length > charactersMax) throw problem('the document', `longer than ${charactersMax} characters`);
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) throw problem('the document', error.message.split('\n')[0] ?? '');
  const content = contentOf(document);
  if (Value.Check(schema, content)) return content;
  const problems = [...Value.Errors(schema, content)].map(({ path, message, schema: { description } }) => ({
    where: path.slice(1).replaceAll('/', '.') || 'the document',
    says: description ?? message.toLowerCase(),
  }));
  throw new DocumentProblem(problems.slice(0, problemsMax));
}

function contentOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw problem('the document', 'has an alias (*name): write it out');
  }
}

function problem(where: string, says: string): DocumentProblem {
  return new DocumentProblem([{ where, says }]);
}
