import { expect, test } from 'vitest';
import { ConfigProblem, readConfig } from './config.ts';

const environments = ['development', 'test', 'production'] as const;
const hosts = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '192.0.2.1', 'vigie.example'];
const databases = [undefined, 'postgres://vigie_server:a@db/vigie'];
const publicUrls = [undefined, 'http://localhost:8080', 'https://vigie.example'];
const proxies = [undefined, '127.0.0.1'];

const houses = environments.flatMap((environment) =>
  hosts.flatMap((host) =>
    databases.flatMap((database) =>
      publicUrls.flatMap((publicUrl) =>
        proxies.map((proxy) => ({ environment, host, database, publicUrl, proxy })),
      ),
    ),
  ),
);
type House = (typeof houses)[number];

function read(house: House, clock: string | undefined) {
  const given = {
    VIGIE_ENV: house.environment,
    VIGIE_HOST: house.host,
    VIGIE_DATABASE_URL: house.database,
    VIGIE_PUBLIC_URL: house.publicUrl,
    VIGIE_TRUSTED_PROXIES: house.proxy,
    VIGIE_DEMO_CLOCK: clock,
  };
  try {
    return readConfig(given).demoClock;
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return error.problems.some((problem) => problem.startsWith('VIGIE_DEMO_CLOCK')) ? 'refused' : 'other';
  }
}

test('a clock is made movable on this machine alone, beside our own database, never in production', () => {
  const loopback = ['127.0.0.1', '::1', 'localhost'];
  const started = houses.filter((house) => read(house, 'movable') === 'movable');
  const allowed = houses.filter(
    ({ environment, host, database, publicUrl, proxy }) =>
      environment !== 'production' &&
      loopback.includes(host) &&
      database === undefined &&
      publicUrl !== 'https://vigie.example' &&
      proxy === undefined,
  );
  expect(houses).toHaveLength(216);
  expect(started).toEqual(allowed);
  expect(houses.filter((house) => read(house, 'movable') === 'refused')).toHaveLength(216 - allowed.length);
});

test('unless it is asked for, no house has one', () => {
  const found = houses.map((house) => read(house, undefined));
  expect(new Set(found)).toEqual(new Set(['real', 'other']));
});

test('anything but the two words is refused', () => {
  for (const word of ['played', 'true', '1', 'MOVABLE']) {
    expect(() => readConfig({ VIGIE_DEMO_CLOCK: word })).toThrow('VIGIE_DEMO_CLOCK: must be one of');
  }
});
