import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from '../src/cli/commands.ts';

/** A module imports only from its left, and only through its index.ts. */
const law = ['ledger', 'vault', 'access', 'messages', 'rights', 'claims', 'exposure', 'guard', 'breach'];
const bannedNames = ['utils', 'helpers', 'lib', 'common', 'shared', 'misc', 'manager', 'base'];
const skippedFolders = ['node_modules', '.git', 'data', 'keys', 'dist', '.vite', 'test-results', 'coverage'];
const root = fileURLToPath(new URL('..', import.meta.url));

type Source = { readonly path: string; readonly text: string; readonly lines: readonly string[] };
type Import = { readonly from: string; readonly to: string };

const paths = walk(root);
const sources = paths.filter((path) => /\.(ts|tsx|js|mjs)$/.test(path) && !path.endsWith('.d.ts')).map(read);
// This file names what it forbids.
const others = sources.filter(({ path }) => path !== 'tests/tidy.test.ts');
const imports = sources.flatMap(importsOf);

test('modules import only from their left', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [importer, imported] = [moduleOf(from), moduleOf(to)];
    if (importer === undefined || imported === undefined || importer === imported) return false;
    return law.indexOf(imported) >= law.indexOf(importer);
  });
  expect(wrong.map(arrow)).toEqual([]);
});

test('every module has its place in the law', () => {
  const modules = paths.map(moduleOf).filter((name) => name !== undefined);
  expect([...new Set(modules)].filter((name) => !law.includes(name))).toEqual([]);
});

test('a module is imported through its index.ts only', () => {
  const wrong = imports.filter(({ from, to }) => {
    const imported = moduleOf(to);
    if (imported === undefined || imported === moduleOf(from)) return false;
    // Declarations of routes are for the pipeline, which alone reads them.
    const isRoutes = to === `src/modules/${imported}/routes.ts` && !from.startsWith('src/modules/');
    // What measures one statement, or leaves one out to compare, must reach inside.
    const measures = from.startsWith('bench/');
    // Pages show the very tables that the server applies, when they stand on nothing but each other.
    const isTable = from.startsWith('web/') && isPure(to);
    const known = isRoutes || isTable || isTest(from) || measures;
    return to !== `src/modules/${imported}/index.ts` && !known;
  });
  expect(wrong.map(arrow)).toEqual([]);
});

test('platform knows no module, and modules know neither http, cli, fhir nor main', () => {
  const wrong = imports.filter(({ from, to }) => {
    if (isTest(from) || !to.startsWith('src/')) return false;
    if (from.startsWith('src/platform/')) return !to.startsWith('src/platform/');
    return from.startsWith('src/modules/') && !/^src\/(platform|modules)\//.test(to);
  });
  expect(wrong.map(arrow)).toEqual([]);
});

test('what runs does not import what tests or measures it', () => {
  const wrong = imports.filter(({ from, to }) => {
    return from.startsWith('src/') && !isTest(from) && /^(tests|bench|scripts)\//.test(to);
  });
  expect(wrong.map(arrow)).toEqual([]);
});

test('SQL is in stores, in platform/database, in migrations and in what tests or measures', () => {
  const allowed = /(^|\/)store\.ts$|^src\/platform\/database\/|^(tests|bench|scripts)\/|\/load-\w+\.ts$/;
  const statement =
    /[`'"]\s*(select|insert into|update|delete from|copy|with \w+ as|create|alter|drop|truncate)\s/;
  expect(
    offending(others, (line, path) => !allowed.test(path) && !isTest(path) && statement.test(line)),
  ).toEqual([]);
});

test('the environment is read in one place', () => {
  const allowed = ['src/platform/config.ts', 'bin/vigie.js'];
  expect(offending(others, (line, path) => !allowed.includes(path) && /process\.env\b/.test(line))).toEqual(
    [],
  );
});

test('no file or folder has a name that says nothing', () => {
  const nothing = (path: string) =>
    path.split('/').some((part) => bannedNames.includes(part.split('.')[0] ?? ''));
  expect(paths.filter(nothing)).toEqual([]);
});

test('files, functions and lines are short', () => {
  // What the pages say, sentence by sentence: cutting them would make them harder to read, not easier.
  const texts = /^web\/src\/texts\/(claims-|guard-|insurer-)?(fr|en)\.ts$/;
  const code = sources.filter(({ path }) => !texts.test(path));
  const longFiles = code.filter(({ path, lines }) => lines.length > (isTest(path) ? 500 : 300));
  expect(longFiles.map(({ path, lines }) => `${path} (${lines.length} lines)`)).toEqual([]);
  expect(offending(code, (line) => line.length > 110 && !/https?:\/\//.test(line))).toEqual([]);
  expect(code.flatMap(longFunctions)).toEqual([]);
});

test('no any, default export, export of everything, enum or unfinished work', () => {
  const word =
    /(:\s*|<|\bas )any\b|^export default\b|^export \*|^\s*(export )?(const )?enum\b|\b(TODO|FIXME|XXX)\b/;
  const mayExportDefault = (path: string, line: string) =>
    path === 'vitest.config.ts' && /^export default/.test(line);
  const wrong = (line: string, path: string) =>
    word.test(line) && !mayExportDefault(path, line) && !isComment(line);
  expect(offending(others, wrong)).toEqual([]);
  expect(offending(others, (line) => /\b(TODO|FIXME)\b/.test(line))).toEqual([]);
});

test('no suppression without its reason on the same line', () => {
  const suppression = /@ts-(ignore|nocheck)|@ts-expect-error|biome-ignore/;
  expect(offending(others, (line) => suppression.test(line) && !/because|: \w/.test(line))).toEqual([]);
});

test('every exported function says what it does', () => {
  const exported = /^export (async )?function\b|^export const \w+ = (async )?(\(|function\b)/;
  const wrong = others
    .filter(({ path }) => /^(src|world|proof)\//.test(path) && !isTest(path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => {
        const told = (lines[index - 1] ?? '').trim().endsWith('*/');
        return exported.test(line) && !told ? [`${path}:${index + 1} ${line.trim()}`] : [];
      }),
    );
  expect(wrong).toEqual([]);
});

test('every command is listed, says what it does, and shows how', () => {
  for (const { name, says, usage, examples, exits } of commands) {
    expect([name, says.endsWith('.'), typeof usage]).toEqual([name, true, 'string']);
    expect([name, examples.length > 0, examples.every((line) => line.includes(`vigie ${name}`))]).toEqual([
      name,
      true,
      true,
    ]);
    expect([name, exits[0] !== undefined, Object.keys(exits).length > 1]).toEqual([name, true, true]);
  }
  const files = sources.filter(
    ({ path, text }) => path.startsWith('src/cli/') && /^export const command\b/m.test(text),
  );
  const listed = files.map(({ path }) => path.replace(/^src\/cli\/|\.ts$/g, '').replaceAll('-', ' '));
  expect(listed.sort()).toEqual(commands.map(({ name }) => name.replaceAll('-', ' ')).sort());
});

test('migrations are numbered, named after a schema, and never share a number', () => {
  const names = paths
    .filter((path) => path.startsWith('migrations/'))
    .map((path) => path.slice('migrations/'.length));
  const schemas = ['platform', ...law].join('|');
  expect(
    names.filter((name) => !new RegExp(`^\\d{6}_(${schemas})_\\w+(\\.citus)?\\.sql$`).test(name)),
  ).toEqual([]);
  const numbers = names.filter((name) => !name.includes('.citus.')).map((name) => name.slice(0, 6));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
});

test('what the documents name exists: files, symbols in files, links', () => {
  const documents = paths.filter((path) => path.endsWith('.md')).map(read);
  expect(documents.flatMap((document) => [...missingSymbols(document), ...missingLinks(document)])).toEqual(
    [],
  );
});

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skippedFolders.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(root, path)];
  });
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, lines: text.replace(/\n$/, '').split('\n') };
}

function importsOf({ path, text }: Source): Import[] {
  const found = text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map(([, target]) => {
    return { from: path, to: relative(root, resolve(root, dirname(path), target ?? '')) };
  });
}

/** Whether a file imports nothing but files that do the same: it runs in a browser too. */
function isPure(path: string): boolean {
  const bare = /^(?:import|export)[^'`]*from '[^.]/m;
  const text = sources.find((source) => source.path === path)?.text ?? "from 'node:nothing'";
  return !bare.test(text) && imports.filter(({ from }) => from === path).every(({ to }) => isPure(to));
}

function moduleOf(path: string): string | undefined {
  return /^src\/modules\/([^/]+)\//.exec(path)?.[1];
}

function isTest(path: string): boolean {
  return /\.(test|model)\.ts$/.test(path) || path.startsWith('tests/');
}

function isComment(line: string): boolean {
  return /^\s*(\/\/|\*|\/\*)/.test(line);
}

function arrow({ from, to }: Import): string {
  return `${from} → ${to}`;
}

function offending(among: readonly Source[], isWrong: (line: string, path: string) => boolean): string[] {
  return among.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (isWrong(line, path) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

/** Formatted sources end a function with a brace at the indentation of its first line. */
function longFunctions({ path, lines }: Source): string[] {
  const header = /\bfunction\b.*\{$|=> \{$|^\s*\).*\{$|^\s+(static |async |get |set |#)*\w+\(.*\).*\{$/;
  const notOne = /^\s*(\}? ?(if|for|while|switch|catch|else)\b|describe\()/;
  return lines.flatMap((line, index) => {
    if (!header.test(line) || notOne.test(line)) return [];
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const length = lines.slice(index + 1).findIndex((next) => next.startsWith(`${indent}}`)) + 2;
    return length > 60 ? [`${path}:${index + 1} (${length} lines)`] : [];
  });
}

function missingSymbols({ path, text }: Source): string[] {
  const named = text.matchAll(/(?<![\w/(:])([\w./-]+\.(?:ts|js|sql))#(\w+)/g);
  return [...named].flatMap(([whole, file, symbol]) => {
    const place = [join(root, file ?? ''), resolve(root, dirname(path), file ?? '')].find(isFile);
    const isThere = place !== undefined && new RegExp(`\\b${symbol}\\b`).test(readFileSync(place, 'utf8'));
    return isThere ? [] : [`${path}: ${whole}`];
  });
}

function missingLinks({ path, text }: Source): string[] {
  const links = text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
  return [...links].flatMap(([, target]) => {
    return existsSync(resolve(root, dirname(path), target ?? '')) ? [] : [`${path}: ${target}`];
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
