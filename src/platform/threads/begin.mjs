import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// A thread does not inherit what lets the main one read TypeScript.
register();
await import(workerData.module);
