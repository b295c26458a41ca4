import assert from 'node:assert/strict';
import { AirlockError } from '../../src/base/errors.js';
import { AGENT_ID } from '../../src/sandbox/build-spec.js';
import type { RunningSession } from '../../src/session/api.js';
import { runSource } from './exec-in.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  openBench,
  ownerId,
  readAudit,
  startHanging,
} from './harness.js';

const agent = `${AGENT_ID}:${AGENT_ID}`;
const runner = `${ownerId}:${ownerId}`;

/** Asks the bridge for what only the token's bearer may have. Prints the statuses. */
const KNOCK = `
const { readFileSync } = require('node:fs');
const row = readFileSync('/proc/net/tcp', 'utf8').split('\\n').find((line) => / 0100007F:[0-9A-F]{4} 00000000:0000 0A /.test(line));
const base = 'http://127.0.0.1:' + parseInt(row.trim().split(/ +/)[1].split(':')[1], 16);
const wrong = 'x'.repeat(64);
const tool = { method: 'POST', body: JSON.stringify({ path: 'README.md' }) };
const attempts = [
  ['/tools/read_file', tool],
  ['/tools/read_file', { ...tool, headers: { authorization: 'Bearer ' + wrong } }],
  ['/tools/read_file', { ...tool, headers: { 'x-api-key': '' } }],
  ['/tools/read_file', { ...tool, headers: { 'x-api-key': wrong, cookie: 'token=' + wrong } }],
  ['/tools/../llm/v1/messages', { method: 'POST', body: '{}' }],
  ['/llm/v1/messages', { method: 'POST', body: '{}', headers: { authorization: 'Bearer {token}' } }],
  ['/agent/exit', { method: 'POST', body: '{}' }],
  ['/agent/exit', { method: 'POST', body: '{"exitCode":0,"signal":null}' }],
  ['/self-test', { method: 'POST', body: '{}' }],
  ['/', {}],
];
Promise.all(attempts.map(([path, init]) => fetch(base + path, init).then(({ status }) => status))).then((all) =>
  console.log(JSON.stringify(all)),
);
`;

const killing = (program: string) => `
const { readdirSync, readFileSync } = require('node:fs');
const pid = readdirSync('/proc').find((name) => /^[0-9]+$/.test(name) && name !== '1' &&
  readFileSync('/proc/' + name + '/cmdline', 'utf8').includes('${program}'));
process.kill(Number(pid), 'SIGKILL');
`;

/** Speaks out of turn on a guest program's own end of its road to the host. */
const babbling = (program: string) => `
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const pid = readdirSync('/proc').find((name) => /^[0-9]+$/.test(name) && name !== '1' &&
  readFileSync('/proc/' + name + '/cmdline', 'utf8').includes('${program}'));
writeFileSync('/proc/' + pid + '/fd/1', Buffer.alloc(4096, 0x41));
`;

describe('from inside the sandbox', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  const hang = async () => {
    bench = await openBench({ script: [[{ hang: true }]] });
    return startHanging(bench);
  };

  it('the bridge serves nobody without its token', async () => {
    const session = await hang();
    for (const user of [agent, runner]) {
      const { stdout, stderr } = await runSource(`airlock-${session.id}`, user, KNOCK);
      assert.deepEqual([stdout.trim(), stderr], [JSON.stringify(Array(10).fill(401)), '']);
    }
    await session.stop();
    assert.deepEqual(await session.done, { kind: 'cancelled' });
    assert.equal(bench.model.requests.length, 1);
    const kinds = (await readAudit(bench, session.id)).map(({ kind }) => kind);
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'model-call'),
      ['session-start', 'self-test', 'self-test', 'session-end'],
    );
  });

  for (const [what, user, source, cause] of [
    ['a killed tool proxy', runner, killing('tool-proxy.js'), /its tool proxy ended/],
    ['a killed bridge', agent, killing('bridge.js'), /its main program ended with status 137/],
    [
      'garbage on the road of the bridge',
      agent,
      babbling('bridge.js'),
      /its main program ended with status 1/,
    ],
    [
      'garbage on the road of the tool proxy',
      runner,
      babbling('tool-proxy.js'),
      // The road's end and the request that was under way both tell of it; either may come first.
      /its tool proxy ended|Protocol error/,
    ],
  ] as const) {
    it(`${what} ends the session with its cause named, and nothing is left`, async () => {
      const session = await hang();
      const { stderr } = await runSource(`airlock-${session.id}`, user, source);
      assert.equal(stderr, '');
      const error = await failureOf(session);
      assert.equal(error.code, 'guest-failed');
      assert.match(error.message, cause);
      await assertNothingLeft(bench, session.id);
    });
  }

  it('a malformed or outlandish tool request is refused and does not end the session', async () => {
    bench = await openBench({
      script: [
        [
          { tool: 'no_such_tool', input: {} },
          { tool: 'read_file', input: { path: 7 } },
          { tool: 'write_file', input: { path: '../outside.txt', content: 'x' } },
          { tool: 'read_file', input: { path: 'a\0b' } },
        ],
        [{ text: 'ok' }],
      ],
    });
    const session = await bench.host.start(bench.request());
    const events = collectEvents(session);
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    assert.deepEqual(
      events.filter((event) => event.type === 'tool-result' && event.ok),
      [],
    );
    const denied = (await readAudit(bench, session.id)).filter(({ decision }) => decision !== undefined);
    assert.deepEqual(
      denied.map(({ tool, rule }) => [tool, rule]),
      [
        ['write_file', 'file.path'],
        ['read_file', 'file.path'],
      ],
    );
    assert.deepEqual(session.review.list(), []);
  });
});

async function failureOf(session: RunningSession): Promise<AirlockError> {
  const outcome = await session.done;
  assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError, JSON.stringify(outcome));
  return outcome.error;
}
