/** A part of a walk: read and worked out, to be written; `place` is where the next one begins. */
export type Part<T> = { readonly rows: T; readonly place: Buffer; readonly people: number };

/**
 * Walks through a table in parts: one is read and worked out while PostgreSQL writes the one before it.
 * Writes follow each other, so that a place that was written means that everything before it was.
 */
export async function walk<T>(
  from: Buffer,
  use: {
    readonly read: (after: Buffer) => Promise<Part<T> | null>;
    readonly write: (part: Part<T>) => Promise<void>;
    readonly check?: (() => void) | undefined;
  },
): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  try {
    let part = await use.read(from);
    while (part !== null) {
      use.check?.();
      await writing;
      writing = use.write(part);
      // Heard when it is awaited, not as a stray rejection while the next part is read.
      writing.catch(() => {});
      part = await use.read(part.place);
    }
    await writing;
  } finally {
    await Promise.allSettled([writing]);
  }
}

/** The 16 bytes of the subject that a place begins with; zeros before the first. */
export function subjectIn(place: Buffer): Buffer {
  return place.length === 0 ? Buffer.alloc(16) : place.subarray(0, 16);
}
