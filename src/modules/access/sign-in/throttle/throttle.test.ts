import { expect, test } from 'vitest';
import { Failure } from '../../../../platform/errors.ts';
import { createThrottle, throttleLimits } from './throttle.ts';

const refuse = async () => {
  throw new Failure('passkey-refused');
};
const enter = async () => 'in';
const hospital = 7;

function start() {
  let now = 0;
  const throttle = createThrottle({ monotonic: () => now });
  const tried = (
    name: string,
    work: () => Promise<unknown>,
    more: { network?: number; known?: boolean } = {},
  ) =>
    throttle(
      { network: more.network ?? hospital, name, isKnown: async () => more.known === true },
      work,
    ).catch((error: Failure) => error.code);
  return { tried, wait: (ms: number) => (now += ms) };
}

async function flood(tried: ReturnType<typeof start>['tried']) {
  for (let place = 0; place < throttleLimits.network; place += 1) await tried(`thief-${place}`, refuse);
}

test('one key is heard ten times a minute while it is refused, and from elsewhere all the same', async () => {
  const { tried, wait } = start();
  for (let time = 0; time < throttleLimits.named; time += 1) {
    expect(await tried('key', refuse)).toBe('passkey-refused');
  }
  expect(await tried('key', enter)).toBe('too-many-attempts');
  expect(await tried('key', enter, { network: 8 })).toBe('in');
  wait(60_000);
  expect(await tried('key', enter)).toBe('in');
});

test('a house that is flooded from within goes on working with the keys it knows', async () => {
  const { tried } = start();
  await flood(tried);
  expect(await tried('never seen', enter)).toBe('too-many-attempts');
  expect(await tried('never seen', enter, { network: 8 })).toBe('in');
  for (let clerk = 0; clerk < 40; clerk += 1) {
    expect(await tried(`clerk-${clerk}`, enter, { known: true })).toBe('in');
  }
});

test('who signs in well is never counted, and what went wrong here is not held against anybody', async () => {
  const { tried } = start();
  for (let time = 0; time < 1000; time += 1) await tried('busy', enter);
  const broken = async () => {
    throw new Failure('unavailable');
  };
  for (let time = 0; time < 50; time += 1) await tried('key', broken);
  expect(await tried('key', enter)).toBe('in');
});
