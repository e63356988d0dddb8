import { parseArgs } from 'node:util';
import { readLocalKey } from '../connect/local-key.ts';
import { createSigner } from '../connect/sign-requests.ts';
import { startProxy } from '../connect/start-proxy.ts';
import { readConfig } from '../platform/config.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'connect',
  says:
    'Runs on a practice’s machine for software that cannot sign: passes what it asks on to VIGIE_URL, with ' +
    'tokens and proofs of this machine’s key. Hears this machine alone, and whoever says the secret.',
  usage: '--client CLIENT --key FILE [--port N]',
  examples: [
    'VIGIE_URL=https://vigie.example vigie connect --client vigie-3q2nPq1xk0fJ8w7L --key vigie-key.json',
  ],
  exits: { 0: 'it was stopped', 1: 'it could not start', 2: 'wrong usage' },
  async run(args, io) {
    const { client, file, port } = readArguments(args);
    const { url } = readConfig(io.env);
    const { key, secret } = await readLocalKey(file);
    const signer = await createSigner({ url, client, key });
    const proxy = await startProxy({ signer, url, secret, port });
    io.out(`Software on this machine reaches ${url} at ${proxy.url}. Stop with Ctrl-C.`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await proxy.stop();
    return 0;
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      client: { type: 'string' },
      key: { type: 'string' },
      port: { type: 'string', default: '8090' },
    },
  });
  const { client, key: file, port } = values;
  if (client === undefined) throw new UsageProblem('--client is missing: what `client register` printed.');
  if (file === undefined) throw new UsageProblem('--key is missing: the file that `connect key` made.');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new UsageProblem('--port must be a port.');
  return { client, file, port: Number(port) };
}
