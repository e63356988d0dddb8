import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The passwords of the embedded database's two roles. */
export type Passwords = { readonly owner: string; readonly server: string };

/** Reads the embedded database's passwords, or makes them when the database is new. */
export function readPasswords(keysFolder: string, isNew: boolean): Passwords {
  const file = join(keysFolder, 'database.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  if (!isNew) {
    const todo = 'Put the file back, or move the data folder away to start with an empty database.';
    throw new Error(`There is a database, but ${file}, which holds its passwords, is missing. ${todo}`);
  }
  mkdirSync(keysFolder, { recursive: true, mode: 0o700 });
  chmodSync(keysFolder, 0o700);
  const made = { owner: randomBytes(24).toString('hex'), server: randomBytes(24).toString('hex') };
  // Whole or not at all: a crash here must not leave half a password for a database that has the other half.
  writeFileSync(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

/** What PostgreSQL stores for a password, computed here so that the password is in no statement or log. */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const iterations = 4096;
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (label: string) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  const server = key('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}
