import assert from 'node:assert/strict';
import type { ChatPart, ChatProblem, ChatRequest } from '../../src/session/api.js';
import { assertNothingLeft, type Bench, openBench, readAudit } from './harness.js';

describe('an agent that the editor’s own models answer', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  async function open(answers: readonly (ChatPart | ChatProblem)[][]) {
    const asked: ChatRequest[] = [];
    bench = await openBench({
      script: [],
      editorModels: {
        async *chat(request) {
          asked.push(request);
          yield* answers[asked.length - 1] ?? [];
        },
      },
    });
    const session = await bench.host.start(bench.request({ editorModels: true, model: '' }));
    return { session, asked, outcome: await session.done };
  }

  it('works with the same tools and the same review', async () => {
    const input = { path: 'a.txt', content: 'by the editor\n' };
    const { session, asked, outcome } = await open([
      [
        { type: 'text', text: 'I write.' },
        { type: 'tool-call', callId: 'c1', name: 'write_file', input },
      ],
      [{ type: 'text', text: 'Done.' }],
    ]);
    assert.deepEqual(outcome, { kind: 'completed', stopReason: 'end_turn' }, bench.log.join('\n'));
    assert.deepEqual(
      session.review.list().map(({ change }) => [change.path, change.status]),
      [['a.txt', 'added']],
    );
    assert.equal(asked.length, 2);
    assert.ok(asked[0]?.tools.some(({ name }) => name === 'write_file'));
    assert.equal(bench.model.requests.length, 0);
    const calls = (await readAudit(bench, session.id)).filter(({ kind }) => kind === 'model-call');
    assert.deepEqual(
      calls.map(({ status }) => status),
      [200, 200],
    );
    await assertNothingLeft(bench, session.id);
  });

  it('fails with what they say', async () => {
    const message = 'this VS Code has no language model';
    const { session, outcome } = await open([[{ type: 'problem', problem: 'no-model', message }]]);
    assert.ok(outcome.kind === 'failed', bench.log.join('\n'));
    assert.match(outcome.error.message, /this VS Code has no language model/, bench.log.join('\n'));
    await assertNothingLeft(bench, session.id);
  });
});
