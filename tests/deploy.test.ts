import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from '../src/cli/commands.ts';
import { readConfig } from '../src/platform/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const described = JSON.parse(read('package.json'));
const units = readdirSync(join(root, 'deploy')).filter((name) => name.endsWith('.service'));
const dockerfile = read('deploy/Dockerfile');
const compose = read('deploy/compose.yaml');

test('units start files that are there, as npm start does', () => {
  expect(units).toEqual(['vigie-backup.service', 'vigie.service']);
  for (const unit of units) {
    const text = read(`deploy/${unit}`);
    const started = /^ExecStart=.*?(src\/\S+\.ts|bin\/\S+\.js)/m.exec(text)?.[1] ?? '';
    expect([unit, started !== '' && existsSync(join(root, started))]).toEqual([unit, true]);
    const page = /^Documentation=file:\/opt\/vigie\/(\S+)$/m.exec(text)?.[1] ?? '';
    expect([unit, existsSync(join(root, page)) && page !== '']).toEqual([unit, true]);
  }
  expect(read('deploy/vigie.service')).toContain(`ExecStart=/usr/bin/${described.scripts.start}\n`);
});

test('the settings of the unit are settings, and right', () => {
  const lines = read('deploy/vigie.env').matchAll(/^(?:# )?(VIGIE_\w+)=(.*)$/gm);
  const env = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  expect(readConfig(env)).toMatchObject({ environment: 'production', keysFolder: '/var/lib/vigie-keys' });
  const unit = read('deploy/vigie.service');
  // What the settings name is what the unit makes writable; the keys are not inside the data.
  expect(unit).toContain('\nStateDirectory=vigie vigie-keys\n');
});

test('the image is made of what is there, with a Node that package.json accepts', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from]) =>
    (from ?? '').split(' '),
  );
  expect(copied.length).toBeGreaterThan(4);
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const sent = read('deploy/Dockerfile.dockerignore').split('\n');
  expect(copied.filter((path) => !sent.includes(`!${path}`))).toEqual([]);
  const [, major = 0, minor = 0] = (/^FROM node:(\d+)\.(\d+)-/m.exec(dockerfile) ?? []).map(Number);
  const [, least = 0, leastMinor = 0] = (/^>=(\d+)\.(\d+)$/.exec(described.engines.node) ?? []).map(Number);
  expect(major > least || (major === least && minor >= leastMinor)).toBe(true);
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]');
  expect(command.join(' ')).toBe(described.scripts.start);
  const env = /^ENV ((?:.*\\\n)*.*)$/m.exec(dockerfile)?.[1] ?? '';
  const settings = env.split(/[\s\\]+/).filter((word) => word.startsWith('VIGIE_'));
  expect(settings.length).toBeGreaterThan(3);
  expect(() => readConfig(Object.fromEntries(settings.map((word) => word.split('='))))).not.toThrow();
});

test('the composition names this version and what is there, and publishes nothing openly', () => {
  const images = [...compose.matchAll(/^ {4}image: vigie:(\S+)$/gm)].map(([, version]) => version);
  expect(new Set(images)).toEqual(new Set([described.version]));
  expect(existsSync(join(root, /dockerfile: (\S+)/.exec(compose)?.[1] ?? 'nothing'))).toBe(true);
  const ran = [...compose.matchAll(/bin\/vigie\.js(?:", "| )(\w+)(?:", "(\w+)")?/g)].map(([, ...words]) =>
    words.filter((word) => word !== undefined).join(' '),
  );
  expect(ran).toEqual(['database migrate', 'backup']);
  expect(ran.filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
  const settings = [...compose.matchAll(/^ {6}(VIGIE_\w+): (?:&\w+ )?(.*)$/gm)];
  expect(settings.length).toBeGreaterThan(3);
  for (const [, name, value] of settings) {
    if (value?.startsWith('*')) continue;
    const plain = (value ?? '').replaceAll(/\$\{[^}]*\}/g, 'secret');
    expect(() => readConfig({ [name ?? '']: plain })).not.toThrow();
  }
  const ports = [...compose.matchAll(/^ {6}- "([\d.:]+)"$/gm)].map(([, port]) => port);
  expect(ports).toEqual(['127.0.0.1:8080:8080']);
  // The backup never stands beside the keys.
  const backup = compose.slice(compose.indexOf('\n  backup:'), compose.indexOf('\nnetworks:'));
  expect(backup).not.toContain('keys:');
});
