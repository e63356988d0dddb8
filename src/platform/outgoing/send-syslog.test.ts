import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SyslogReceiver } from '../../../tests/syslog-receiver.ts';
import { processEnvironment } from '../config.ts';
import { sendSyslog, syslogAddress } from './send-syslog.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-tls-'));
const receiver = new SyslogReceiver();
const file = (name: string) => join(folder, name);
let url: string;

beforeAll(async () => {
  const asked = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const named = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const out = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', [...asked, ...named, ...out], { stdio: 'ignore' });
  const [key, cert] = [readFileSync(file('key.pem'), 'utf8'), readFileSync(file('cert.pem'), 'utf8')];
  url = await receiver.listenTcp({ key, cert });
});
afterAll(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true });
});

test('by TLS nothing is told to a receiver whose certificate nobody vouches for', async () => {
  expect(await sendSyslog(url, '<34>1 - secret', 2_000)).toBe('unreachable');
  expect(receiver.messages).toEqual([]);
});

test('by TLS a receiver is told whose authority the operator named', async () => {
  const module = fileURLToPath(new URL('./send-syslog.ts', import.meta.url));
  const script = `import { sendSyslog } from ${JSON.stringify(module)};
    console.log(await sendSyslog(${JSON.stringify(url)}, '<34>1 - été', 5000));`;
  const said = await new Promise<string>((resolve, reject) => {
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const env = { ...processEnvironment(), NODE_EXTRA_CA_CERTS: file('cert.pem') };
    execFile(process.execPath, args, { env }, (error, out) => (error ? reject(error) : resolve(out)));
  });
  expect(said.trim()).toBe('sent');
  expect(receiver.messages).toEqual(['<34>1 - été']);
});

test('a receiver that reads nothing is not one that was told', async () => {
  const deaf = new SyslogReceiver();
  deaf.isDeaf = true;
  const address = await deaf.listenTcp();
  expect(await sendSyslog(address, 'x', 300)).toBe('timeout');
  await deaf.stop();
  expect(await sendSyslog(address, 'x', 300)).toBe('unreachable');
});

test.each(['host', 'http://host', 'tcp://', 'tcp://a:b@host:1', 'udp://host/x', 'tls://host?x=1'])(
  '%s is no address of a receiver',
  (text) => {
    expect(() => syslogAddress(text)).toThrow(/must look like/);
  },
);
