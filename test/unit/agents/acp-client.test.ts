import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import { type HostileAgent, startHostile } from './hostile.js';

const never = new AbortController().signal;

describe('ACP client with an agent that misbehaves', function () {
  // Each test starts a process.
  this.timeout(20_000);
  let agent: HostileAgent | undefined;
  const start = (...args: Parameters<typeof startHostile>) => {
    agent = startHostile(...args);
    return agent;
  };
  afterEach(async () => {
    await agent?.stop();
    agent = undefined;
  });

  it('passes over a few lines that are no messages', async () => {
    const { connection, updates } = start(`
      console.log('starting up…'); console.log('[1,2'); console.log('[]'); console.log('"x"'); console.log('{}');
      onPrompt = ({ id }) => { text('hi'); say({ id, result: { stopReason: 'end_turn' } }); };`);
    assert.deepEqual(await connection.prompt('go', never), { stopReason: 'end_turn' });
    assert.deepEqual(updates, [{ type: 'text', text: 'hi' }]);
  });

  it('gives up on garbage without end', async () => {
    const { connection } = start(`for (let i = 0; i < 200; i++) console.log('garbage');`);
    await rejects(connection.ready, 'agent-failed', /not a protocol message/);
  });

  it('gives up on a line that is too long', async () => {
    const { connection } = start(`onPrompt = () => process.stdout.write('x'.repeat(5 * 1024 * 1024));`);
    await rejects(connection.prompt('go', never), 'agent-failed', /longer than/);
  });

  it('reports an agent that ends in the middle', async () => {
    const { connection } = start(
      `onPrompt = () => { text('bye'); process.stdout.end(() => process.exit(3)); };`,
    );
    await connection.ready;
    await rejects(connection.prompt('go', never), 'agent-failed', /ended in the middle/);
  });

  it('reports an agent that never starts', async () => {
    const { connection } = start(`process.stdin.removeAllListeners('data').resume();`);
    await rejects(connection.ready, 'agent-failed', /did not start within 3 s/);
  });

  it('reports another protocol version, a session without id and a turn without a known end', async () => {
    const wrong = start(`process.stdin.removeAllListeners('data');
      process.stdin.on('data', () => say({ id: 0, result: { protocolVersion: 99 } }));`);
    await rejects(wrong.connection.ready, 'agent-failed', /another version/);
    await wrong.stop();
    const { connection } = start(`onPrompt = ({ id }) => say({ id, result: { stopReason: 'because' } });`);
    await rejects(connection.prompt('go', never), 'agent-failed', /without saying why/);
  });

  it('shows an error of the agent with its hidden characters visible', async () => {
    const { connection } = start(
      `onPrompt = ({ id }) => say({ id, error: { code: -32000, message: 'no \\u202e key' } });`,
    );
    await rejects(connection.prompt('go', never), 'agent-failed', /no \\u\{202e\} key/);
  });

  it('merges a flood of text and loses none of a moderate one', async () => {
    const { connection, updates } = start(`onPrompt = ({ id }) => {
      for (let i = 0; i < 5000; i++) text('abcd');
      say({ id, result: { stopReason: 'end_turn' } }); };`);
    await connection.prompt('go', never);
    const texts = updates.flatMap((update) => (update.type === 'text' ? [update.text] : []));
    assert.equal(texts.join('').length, 20_000);
    assert.ok(updates.length < 1000, `${updates.length} updates`);
  });

  it('survives a flood without bound, says once that some is left out, and can still be cancelled', async () => {
    const { connection, updates } = start(`onPrompt = () => {
      const line = 'y'.repeat(2000);
      const go = () => { for (let i = 0; i < 200; i++) text(line); setImmediate(go); }; go(); };`);
    const controller = new AbortController();
    const answer = connection.prompt('go', controller.signal);
    await until(() => updates.some(({ type }) => type === 'notice'));
    const at = performance.now();
    controller.abort();
    await rejects(answer, 'cancelled', /stopped/);
    assert.ok(performance.now() - at < 2000);
    assert.equal(updates.filter(({ type }) => type === 'notice').length, 1);
  });

  it('rejects as cancelled when the agent does not answer a cancel', async () => {
    const { connection } = start(`onPrompt = () => text('busy');`);
    await connection.ready;
    const controller = new AbortController();
    const answer = connection.prompt('go', controller.signal);
    controller.abort();
    await rejects(answer, 'cancelled', /stopped/);
    await rejects(connection.prompt('go', controller.signal), 'cancelled', /stopped/);
  });

  it('refuses fs and terminal methods', async () => {
    const { connection, updates } = start(`
      let left = 3, prompt;
      onPrompt = ({ id }) => { prompt = id;
        say({ id: 'a', method: 'fs/read_text_file', params: { sessionId: 's', path: '/etc/passwd' } });
        say({ id: 'b', method: 'fs/write_text_file', params: { sessionId: 's', path: '/x', content: '' } });
        say({ id: 'c', method: 'terminal/create', params: { sessionId: 's', command: 'sh' } }); };
      onOther = (message) => { text(message.id + message.error.code + ' ');
        if (--left === 0) say({ id: prompt, result: { stopReason: 'end_turn' } }); };`);
    await connection.prompt('go', never);
    const said = updates.flatMap((update) => (update.type === 'text' ? [update.text] : [])).join('');
    assert.deepEqual(said.trim().split(' ').sort(), ['a-32601', 'b-32601', 'c-32601']);
  });

  it('gives up on an agent that asks without waiting', async () => {
    const { connection } = start(`onPrompt = () => {
      process.stdin.pause();
      for (let i = 0; i < 100_000; i++) say({ id: i, method: 'fs/read_text_file', params: {} }); };`);
    await rejects(connection.prompt('go', never), 'agent-failed', /too much at once/);
  });

  for (const [answer, expected] of [
    ['allow', 'once'],
    ['deny', 'no'],
  ] as const) {
    it(`answers a permission request with ${answer}, never for good`, async () => {
      const { connection, updates, questions } = start(
        `let prompt;
        onPrompt = ({ id }) => { prompt = id; say({ id: 'p', method: 'session/request_permission', params: {
          sessionId: 's', toolCall: { toolCallId: 't', title: 'Do\\u200b it' }, options: [
            { optionId: 'always', name: 'Always', kind: 'allow_always' }, { optionId: 'once', name: 'Once', kind: 'allow_once' },
            { optionId: 'no', name: 'No', kind: 'reject_once' }] } }); };
        onOther = ({ result }) => { text(result.outcome.optionId); say({ id: prompt, result: { stopReason: 'end_turn' } }); };`,
        answer,
      );
      await connection.prompt('go', never);
      assert.deepEqual(questions, [{ toolCallId: 't', title: 'Do\\u{200b} it' }]);
      assert.deepEqual(updates, [{ type: 'text', text: expected }]);
    });
  }
});

async function rejects(promise: Promise<unknown>, code: string, pattern: RegExp): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof AirlockError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  });
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
