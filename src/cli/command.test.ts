import { expect, test } from 'vitest';
import { type Command, dispatch } from './command.ts';
import { commands } from './commands.ts';

test('no argument, help and --help print every command', async () => {
  for (const argv of [[], ['help'], ['--help']]) {
    const { code, out } = await run(argv);
    expect(code).toBe(0);
    for (const { name } of commands) expect(out).toContain(`vigie ${name}`);
  }
});

test('the help of one command, asked before or after its name', async () => {
  for (const argv of [
    ['help', 'config', 'explain'],
    ['config', 'explain', '--help'],
  ]) {
    expect((await run(argv)).out).toContain('vigie config explain --json');
  }
});

test('an unknown command or option is 2 and says what there is', async () => {
  expect(await run(['confg'])).toMatchObject({ code: 2, err: expect.stringContaining('“confg”') });
  expect(await run(['config', 'explain', '--jsn'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('[--json]'),
  });
});

test('whoever decides says why by one option, --reason, whatever the command', async () => {
  const decisions = [
    ...['account suspend 19', 'account reinstate 19', 'account invite --account 19'],
    ...['guard undo 1', 'guard networks open 1', 'person erase'],
  ].map((line) => line.split(' '));
  for (const decision of decisions) {
    const missing = { code: 2, err: expect.stringMatching(/^--reason (is missing|says why)/) };
    expect([decision, await run(decision)]).toMatchObject([decision, missing]);
    for (const other of ['--why', '--because'])
      expect((await run([...decision, other, 'A screening day'])).err).toContain(`'${other}'`);
  }
});

test('the longest name wins, and arguments follow it', async () => {
  const seen: string[] = [];
  const make = (name: string): Command => ({
    ...{ name, says: '', usage: '', examples: [], exits: {} },
    run: async (args) => {
      seen.push(`${name}(${args.join(',')})`);
      return 7;
    },
  });
  const code = await dispatch(['a', 'b', 'c'], io([], []), [make('a'), make('a b')]);
  expect([code, ...seen]).toEqual([7, 'a b(c)']);
});

test('config explain tells values and where they come from, and withholds secrets', async () => {
  const { out, code } = await run(['config', 'explain'], {
    VIGIE_PORT: '9000',
    VIGIE_DATABASE_URL: 'postgres://vigie_server:hunter2@127.0.0.1/vigie',
  });
  expect(code).toBe(0);
  expect(out).toContain('VIGIE_PORT = 9000   [environment]');
  expect(out).toContain('VIGIE_HOST = 127.0.0.1   [default]');
  expect(out).not.toContain('hunter2');
});

test('config explain names what is wrong', async () => {
  const wrong = await run(['config', 'explain'], { VIGIE_PROT: '9000' });
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('VIGIE_PROT') });
});

test('database migrate asks for the owner’s address, and for vigie_server as its server', async () => {
  expect(await run(['database', 'migrate'])).toMatchObject({ code: 2 });
  const env = {
    VIGIE_DATABASE_OWNER_URL: 'postgres://o@127.0.0.1:1/x',
    VIGIE_DATABASE_URL: 'postgres://o:p@b/x',
  };
  expect((await run(['database', 'migrate'], env)).err).toContain('vigie_server');
});

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(argv, io(out, err, env), commands);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function io(out: string[], err: string[], env: Record<string, string> = {}) {
  return { env, out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
}
