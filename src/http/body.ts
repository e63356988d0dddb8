import { Failure } from '../platform/errors.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a body as strict UTF-8 and strict JSON. */
export function decodeJson(bytes: unknown): unknown {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw new Failure('malformed-request', { detail: 'The request needs a JSON body.' });
  }
  const text = decodeText(bytes);
  try {
    return JSON.parse(text);
  } catch {
    // The parser quotes the text it could not read, which may be a person's number: its message goes nowhere.
    throw new Failure('malformed-request', { detail: 'The body is not JSON.' });
  }
}

/** Reads a form as strict UTF-8; a name that comes twice could mean two things to two readers. */
export function decodeForm(bytes: unknown): Record<string, string> {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw new Failure('malformed-request', { detail: 'The request needs a form.' });
  }
  const form = new URLSearchParams(decodeText(bytes));
  if (form.size !== new Set(form.keys()).size) {
    throw new Failure('malformed-request', { detail: 'A name stands twice in the form.' });
  }
  return Object.fromEntries(form);
}

function decodeText(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Failure('malformed-request', { detail: 'The body is not UTF-8.' });
  }
}
