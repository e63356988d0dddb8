import type { Socket } from 'node:net';

const kind = { query: 0x51, sync: 0x53, flush: 0x48, readyForQuery: 0x5a } as const;
const headerBytes = 5;

/**
 * Ends a connection to PostgreSQL when what was asked stays without any answer for too long.
 * `statement_timeout` needs a database that works; nothing ends a statement of one that froze, or that a
 * network lost, and whoever waits would wait for a quarter of an hour. Call it after `connect`, which puts
 * `write` back.
 */
export function watchSilence(socket: Socket, silenceMs: number): void {
  const watch = new Watch(() => {
    socket.destroy(Object.assign(new Error('The database fell silent.'), { code: 'ETIMEDOUT' }));
  }, silenceMs);
  const write = socket.write.bind(socket) as (...sent: unknown[]) => boolean;
  const watchedWrite = (...sent: unknown[]): boolean => {
    if (Buffer.isBuffer(sent[0])) watch.asked(sent[0]);
    return write(...sent);
  };
  Object.assign(socket, { write: watchedWrite });
  socket.on('data', (bytes: Buffer) => watch.heard(bytes));
  socket.once('close', () => watch.stop());
}

/** Counts what is asked and what is answered on one connection. */
class Watch {
  readonly #onSilence: () => void;
  readonly #silenceMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** Answers still to come. The first is the end of the sign-in, whose messages have another shape. */
  #owed = 1;
  #isSignedIn = false;
  /** Asked for at once, and not by the end of a statement: a description, before a first use. */
  #isFlushed = false;
  /**
   * The beginning of a message whose header is not whole, and how much of a message is to be passed
   * over.
   */
  #partial = Buffer.alloc(0);
  #skip = 0;

  constructor(onSilence: () => void, silenceMs: number) {
    this.#onSilence = onSilence;
    this.#silenceMs = silenceMs;
  }

  asked(bytes: Buffer): void {
    if (this.#isSignedIn) {
      const kinds = kindsOf(bytes);
      this.#owed += kinds.filter((one) => one === kind.query || one === kind.sync).length;
      this.#isFlushed ||= kinds.includes(kind.flush);
    }
    if (this.#owed > 0 || this.#isFlushed) this.#timer ??= this.#startTimer();
  }

  heard(bytes: Buffer): void {
    this.#owed = Math.max(0, this.#owed - this.#countAnswers(bytes));
    this.#isFlushed = false;
    this.stop();
    if (this.#owed > 0) this.#timer = this.#startTimer();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #startTimer(): NodeJS.Timeout {
    return setTimeout(this.#onSilence, this.#silenceMs).unref();
  }

  #countAnswers(bytes: Buffer): number {
    const passed = Math.min(this.#skip, bytes.length);
    this.#skip -= passed;
    const rest = Buffer.concat([this.#partial, bytes.subarray(passed)]);
    let answers = 0;
    let at = 0;
    for (; at + headerBytes <= rest.length; at += 1 + rest.readUInt32BE(at + 1)) {
      if (rest[at] === kind.readyForQuery) answers += 1;
    }
    this.#skip += Math.max(0, at - rest.length);
    this.#partial = Buffer.from(rest.subarray(Math.min(at, rest.length)));
    this.#isSignedIn ||= answers > 0;
    return answers;
  }
}

/** The kinds of a piece of whole messages, in their order. */
function kindsOf(bytes: Buffer): number[] {
  const kinds: number[] = [];
  for (let at = 0; at + headerBytes <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    kinds.push(bytes[at] ?? 0);
  }
  return kinds;
}
