/** A file that cannot be read or written on; the message says what to do and holds nothing of the content. */
export class FileProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FileProblem';
  }
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; check the path',
  EACCES: 'this user may not open it; change its owner or its mode, or run as the owner of the file',
  EPERM: 'this user may not open it; change its owner or its mode, or run as the owner of the file',
  EISDIR: 'it is a folder; name a file',
  ENOTDIR: 'a part of the path is not a folder; check the path',
  ENOSPC: 'the disk is full; free some space and run the same command again',
  EDQUOT: 'the disk quota is spent; free some space and run the same command again',
  EFBIG: 'the file may not grow further; raise the limit on the size of files and run the same command again',
  EROFS: 'the disk is read-only; work on a copy that stands in a folder that can be written',
  EMFILE: 'too many files are open; raise `ulimit -n`',
  EIO: 'the disk or the network behind it failed; copy the file elsewhere and try again',
};

/** What the system said, as a sentence that says what to do. */
export function systemProblem(name: string, doing: string, error: unknown): FileProblem {
  const code = (error as { code?: unknown } | null)?.code;
  const says = typeof code === 'string' ? (systemErrors[code] ?? `the system says ${code}`) : 'it failed';
  return new FileProblem(`${name}: ${doing}: ${says}.`, { cause: error });
}
