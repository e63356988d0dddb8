import type { TSchema } from '@sinclair/typebox';
import type { TypeCheck } from '@sinclair/typebox/compiler';
import type { ValueError } from '@sinclair/typebox/value';
import { Failure, type FieldProblem } from './errors.ts';

const problemsMax = 20;
const nameLengthMax = 64;

/** Gives the body back when every field is as declared; else names each field that is not. */
export function checkBody(check: TypeCheck<TSchema> | null, body: unknown): unknown {
  if (check === null || check.Check(body)) return body;
  const problems: FieldProblem[] = [];
  for (const error of check.Errors(body)) {
    const field = fieldOf(error);
    if (!problems.some((problem) => problem.field === field)) problems.push({ field, says: saysOf(error) });
    if (problems.length === problemsMax) break;
  }
  throw new Failure('invalid-field', { fields: problems });
}

function fieldOf(error: ValueError): string {
  const path = error.path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  return path === '' ? '(body)' : path.slice(0, nameLengthMax);
}

function saysOf(error: ValueError): string {
  if (error.message === 'Unexpected property') return 'is not a field of this request';
  if (error.message === 'Expected required property') return 'is missing';
  const words = wordsOf(error.schema);
  if (words !== null) return `must be one of ${words.join(', ')}`;
  const { description } = error.schema;
  const message = error.message.replace(/^Expected /, 'must be ');
  return description === undefined ? message : `${message.replace(/ to match .*$/, '')}: ${description}`;
}

function wordsOf(schema: TSchema): string[] | null {
  const options = schema.anyOf as { const?: unknown }[] | undefined;
  if (options === undefined || options.some((option) => option.const === undefined)) return null;
  return options.map((option) => String(option.const));
}
