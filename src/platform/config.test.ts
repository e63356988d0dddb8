import { expect, test } from 'vitest';
import { ConfigProblem, readConfig, settings } from './config.ts';

test('an empty environment gives the defaults', () => {
  const config = readConfig({ PATH: '/bin' });
  expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', metricsPort: 9464, lanes: 1 });
  expect(config).toMatchObject({ environment: 'development', dataFolder: './data', keysFolder: './keys' });
  expect(config.databaseUrl).toBeUndefined();
  expect(config.demoPeople).toBeUndefined();
});

test('an unknown VIGIE_ name is refused by name, with the one that was meant', () => {
  expect(() => readConfig({ VIGIE_PROT: '1' })).toThrow(
    /VIGIE_PROT is not a setting; did you mean VIGIE_PORT/,
  );
  expect(() => readConfig({ VIGIE_SOMETHING_ELSE: '1' })).toThrow(/VIGIE_SOMETHING_ELSE is not a setting$/m);
  expect(() => readConfig({ OTHER_PROT: '1' })).not.toThrow();
});

test('every problem is told at once, without the value, which may be a password', () => {
  const env = { VIGIE_PORT: '80800', VIGIE_DATABASE_URL: 'hunter2', VIGIE_ENV: 'prod', VIGIE_X: '1' };
  const problem = caught(() => readConfig(env));
  expect(problem).toBeInstanceOf(ConfigProblem);
  expect((problem as ConfigProblem).problems).toHaveLength(4);
  expect(String(problem)).not.toContain('hunter2');
});

test.each([
  ['VIGIE_PORT', '-1'],
  ['VIGIE_PORT', '1.5'],
  ['VIGIE_PORT', '0x50'],
  ['VIGIE_LANES', '0'],
  ['VIGIE_DATABASE_URL', 'mysql://a@b/c'],
  ['VIGIE_URL', 'ftp://a'],
  ['VIGIE_LOG_LEVEL', 'loud'],
  ['VIGIE_LENIENT_IDENTIFIERS', 'yes'],
  ['VIGIE_DATA_FOLDER', ' '],
])('%s refuses %j', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
});

test('production refuses invented people', () => {
  const env = { VIGIE_ENV: 'production', VIGIE_DEMO_PEOPLE: '1' };
  expect(() => readConfig(env)).toThrow(/VIGIE_DEMO_PEOPLE: production/);
  expect(readConfig({ ...env, VIGIE_DEMO_PEOPLE: '0' }).demoPeople).toBe(0);
  expect(readConfig({ ...env, VIGIE_ENV: 'development' }).demoPeople).toBe(1);
});

test('production refuses lenient identifiers', () => {
  const env = { VIGIE_ENV: 'production', VIGIE_LENIENT_IDENTIFIERS: 'true' };
  expect(() => readConfig(env)).toThrow(/VIGIE_LENIENT_IDENTIFIERS: production/);
});

test('an empty value means the default, as a shell that sets nothing would', () => {
  expect(readConfig({ VIGIE_PORT: '', VIGIE_DATABASE_URL: '' })).toMatchObject({ port: 8080 });
});

test('no two settings have the same name, and each says what it is for', () => {
  const all = Object.values(settings);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, says } of all) expect([name, says.endsWith('.')]).toEqual([name, true]);
});

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
