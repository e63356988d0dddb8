import type { SeenCall } from '../http/watch-calls.ts';
import type { Mask } from './mask.ts';

/** A call of software, as it is listed. */
export type ListedCall = {
  readonly call: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The code of its failure. */
  readonly code: string | null;
  readonly entry: string | null;
  readonly ms: number;
};

/** A call with what was said, masked. */
export type WholeCall = ListedCall & {
  readonly idempotencyKey: string | null;
  readonly sent: string | null;
  readonly answered: string | null;
};

const kept = 200;
const textMax = 32 * 1024;

/** The last calls of software, in the memory of this process and nowhere else. */
export class CallLog {
  #calls: WholeCall[] = [];
  #last = 0;

  /** Keeps a call of software; what browsers ask is not looked at. */
  hear(seen: SeenCall, mask: Mask): void {
    const [path = ''] = seen.url.split('?');
    const isSoftware = seen.sent.authorization !== undefined && path.startsWith('/v1/');
    if (!isSoftware && path !== '/oauth/token') return;
    this.#last += 1;
    const sent = contentOf(seen.body, String(seen.sent['content-type'] ?? ''));
    const shows = mask.isAboutKnown(sent);
    const answer = contentOf(seen.answer, String(seen.answered['content-type'] ?? ''));
    const { code, error } = (answer ?? {}) as Record<string, unknown>;
    const failure = seen.status >= 400 ? (code ?? error) : undefined;
    const key = textOf(seen.sent['idempotency-key']);
    const call = {
      call: this.#last,
      at: seen.at.toISOString(),
      method: seen.method,
      path: mask.address(seen.url),
      status: seen.status,
      code: typeof failure === 'string' ? mask.text(failure) : null,
      entry: textOf(seen.answered['vigie-entry']),
      ms: Math.round(seen.ms),
      idempotencyKey: key === null ? null : mask.text(key),
      sent: contentText(mask.content(sent, shows)),
      answered: contentText(mask.content(answer, shows)),
    };
    this.#calls = [...this.#calls.slice(1 - kept), call];
  }

  /** The calls, the newest first. */
  list(): ListedCall[] {
    return this.#calls.map(({ sent: _sent, answered: _answered, ...listed }) => listed).reverse();
  }

  find(call: number): WholeCall | undefined {
    return this.#calls.find((one) => one.call === call);
  }
}

function contentText(content: unknown): string | null {
  const text = content === undefined ? '' : JSON.stringify(content, null, 2);
  return text === '' || text.length > textMax ? null : text;
}

/** What a body says, or undefined: what is neither JSON nor a form is not kept. */
function contentOf(body: Buffer | string | null, media: string): unknown {
  if (body === null || body.length === 0 || body.length > textMax) return undefined;
  try {
    if (media.includes('x-www-form-urlencoded')) {
      return Object.fromEntries(new URLSearchParams(body.toString()));
    }
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function textOf(header: unknown): string | null {
  return typeof header === 'string' ? header : null;
}
