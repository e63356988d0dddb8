import { parentPort } from 'node:worker_threads';
import { assert } from '../../../platform/errors.ts';
import { threadStart } from '../../../platform/threads/begin-thread.ts';
import { InsurerKeys } from '../enrol-insurers.ts';
import { Keys } from '../keys.ts';
import { packHashes, packSealed } from './packed.ts';
import { hashAll, type SealingKeys, sealAll } from './sealer.ts';
import type { SealingAnswer, SealingStart, SealingTask } from './threaded-sealer.ts';

// The thread in which people are hashed and sealed. An error here ends it, and is heard by whoever waits.
const port = parentPort;
assert(port !== null, 'this file is a thread');
const { ring, insurer, generation, insurerKeys } = threadStart<SealingStart>();
const use: SealingKeys = {
  keys: new Keys(ring),
  insurer,
  insurerKeys: new InsurerKeys(generation, insurerKeys),
};

port.on('message', ({ what, said }: SealingTask) => {
  const packed = what === 'hash' ? packHashes(hashAll(use, said)) : packSealed(sealAll(use, said));
  port.postMessage(packed satisfies SealingAnswer, [packed.bytes.buffer as ArrayBuffer]);
});
