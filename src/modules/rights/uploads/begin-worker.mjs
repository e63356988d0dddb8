import { register } from 'tsx/esm/api';

// A thread does not inherit what lets the server's own thread read TypeScript.
register();
await import('./import-worker.ts');
