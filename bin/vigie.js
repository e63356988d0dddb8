#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// The sources are TypeScript and run as they are: there is no build to keep in step.
register();
await import('../src/cli/main.ts');
