import * as assert from 'node:assert/strict';
import { parseViewRequest, toViewItem } from '../../../src/ui/session-message.js';
import { Transcript } from '../../../src/ui/transcript.js';
import { untranslated } from '../../../src/ui/translate.js';

describe('the transcript', () => {
  it('joins streamed text and keeps a thought apart', () => {
    const transcript = new Transcript();
    transcript.apply({ type: 'text', text: 'Hel' });
    transcript.apply({ type: 'text', text: 'lo' });
    transcript.apply({ type: 'thought', text: 'hm' });
    transcript.apply({ type: 'text', text: 'again' });
    assert.deepEqual(
      transcript
        .items()
        .map((item) => (item.kind === 'text' || item.kind === 'thought' ? [item.kind, item.text] : [])),
      [
        ['text', 'Hello'],
        ['thought', 'hm'],
        ['text', 'again'],
      ],
    );
  });

  it('says in a line how many remarks of the review went with a prompt', () => {
    const transcript = new Transcript();
    transcript.apply({ type: 'prompt', text: 'again', remarks: 2 });
    assert.deepEqual(
      transcript.items().map((item) => ('text' in item ? item.text : '')),
      ['again', '2 remarks of your review were sent with it.'],
    );
  });

  it('puts decision, output and result into the tool call they belong to', () => {
    const transcript = new Transcript();
    transcript.apply({ type: 'tool', callId: 'a', tool: 'run_command', title: 'git status' });
    transcript.apply({ type: 'tool', callId: 'b', tool: 'run_command', title: 'curl x' });
    transcript.apply({
      type: 'decision',
      callId: 'a',
      tool: 'run_command',
      decision: 'allow',
      rule: 'git',
      reason: 'ok',
    });
    transcript.apply({
      type: 'decision',
      callId: 'b',
      tool: 'run_command',
      decision: 'deny',
      rule: 'net',
      reason: 'no',
    });
    transcript.apply({ type: 'tool-output', callId: 'a', text: 'clean' });
    transcript.apply({ type: 'tool-result', callId: 'a', ok: true, text: 'exit 0' });
    transcript.apply({ type: 'tool-result', callId: 'b', ok: false, text: 'denied' });
    const [a, b] = transcript.items();
    assert.ok(a?.kind === 'tool' && b?.kind === 'tool');
    assert.deepEqual([a.decision?.decision, a.output, a.ok], ['allow', 'clean', true]);
    assert.deepEqual([b.decision?.rule, b.output, b.ok], ['net', 'denied', false]);
  });

  it('gives only what is new since the last patch', () => {
    const transcript = new Transcript();
    transcript.apply({ type: 'text', text: 'one' });
    assert.equal(transcript.takePatch().changed.length, 1);
    assert.deepEqual(transcript.takePatch(), { changed: [], removed: [] });
    transcript.apply({ type: 'text', text: ' two' });
    assert.deepEqual(transcript.takePatch().changed, [{ id: 1, kind: 'text', text: 'one two' }]);
  });

  it('keeps one entry for the steps of a phase', () => {
    const transcript = new Transcript();
    for (const detail of ['1/3', '2/3', '3/3'])
      transcript.apply({ type: 'phase', phase: 'image', atMs: 0, detail });
    assert.deepEqual(transcript.items(), [{ id: 1, kind: 'phase', phase: 'image', detail: '3/3' }]);
  });

  it('stays within 2,000 entries and names the ones that went', () => {
    const transcript = new Transcript();
    for (let i = 0; i < 2100; i++) transcript.apply({ type: 'notice', level: 'info', text: String(i) });
    assert.equal(transcript.items().length, 2000);
    assert.equal(transcript.takePatch().removed.length, 100);
  });

  it('stays within two million characters, however they come', () => {
    const transcript = new Transcript();
    for (let i = 0; i < 1000; i++) transcript.apply({ type: 'text', text: 'x'.repeat(15_000) });
    transcript.apply({ type: 'tool', callId: 'a', tool: 'run_command', title: 't' });
    for (let i = 0; i < 1000; i++)
      transcript.apply({ type: 'tool-output', callId: 'a', text: 'y'.repeat(5000) });
    const chars = transcript.items().map((item) => JSON.stringify(item).length);
    assert.ok(chars.reduce((sum, size) => sum + size, 0) < 2_200_000);
    assert.ok(Math.max(...chars) < 25_000);
  });

  it('keeps one plan a turn, and shows how far it is', () => {
    const transcript = new Transcript();
    const plan = (status: 'pending' | 'completed') =>
      transcript.apply({ type: 'plan', entries: [{ text: 'look\u202e', status }] });
    transcript.apply({ type: 'prompt', text: 'first' });
    plan('pending');
    transcript.apply({ type: 'text', text: 'hm' });
    plan('completed');
    transcript.apply({ type: 'prompt', text: 'second' });
    plan('pending');
    const views = transcript.items().map((item) => toViewItem(item, untranslated));
    assert.deepEqual(
      views.map((view) => (view.kind === 'plan' ? view.text : view.kind)),
      ['prompt', 'Plan\n✓ look\\u{202e}', 'text', 'prompt', 'Plan\n○ look\\u{202e}'],
    );
  });

  it('shows a contained agent’s own tools as such', () => {
    const transcript = new Transcript();
    const tool = { type: 'agent-tool', id: '1', title: 'Edit a.js', kind: 'edit' } as const;
    transcript.apply({ ...tool, status: 'pending' });
    transcript.apply({ ...tool, status: 'completed', content: 'a.js\n- 1\n+ 2' });
    const [view, ...more] = transcript.items().map((item) => toViewItem(item, untranslated));
    assert.equal(more.length, 0);
    assert.ok(view?.kind === 'tool');
    assert.deepEqual(
      [view.decision, view.badge, view.output, view.result],
      ['own', "agent's own", 'a.js\n- 1\n+ 2', 'ok'],
    );
  });

  it('shows hidden characters of the agent as text', () => {
    const transcript = new Transcript();
    transcript.apply({ type: 'tool', callId: 'a', tool: 'run_command', title: 'rm \u202efdp.txt' });
    const item = transcript.items()[0];
    assert.ok(item);
    const view = toViewItem(item, untranslated);
    assert.ok(view.kind === 'tool');
    assert.equal(view.title, 'rm \\u{202e}fdp.txt');
    assert.equal(view.result, 'running');
  });
});

describe('requests of the session view', () => {
  it('are taken only when they are known', () => {
    assert.deepEqual(parseViewRequest({ type: 'stop', more: 1 }), { type: 'stop' });
    const prompt = { type: 'prompt', sessionId: 'a', text: 'go on' };
    assert.deepEqual(parseViewRequest(prompt), prompt);
    assert.deepEqual(parseViewRequest({ type: 'show', sessionId: 'a' }), { type: 'show', sessionId: 'a' });
    for (const message of [
      null,
      'stop',
      {},
      { type: 'discard' },
      { type: ['stop'] },
      { type: 'constructor' },
      { type: 'show' },
      { type: 'show', sessionId: 7 },
      { type: 'show', sessionId: 'x'.repeat(65) },
      { type: 'prompt', sessionId: 'a' },
      { type: 'prompt', sessionId: 'a', text: '  ' },
      { type: 'prompt', sessionId: 'a', text: 'x'.repeat(20_001) },
      { type: 'other', sessionId: 'a', text: 'x' },
    ]) {
      assert.equal(parseViewRequest(message), undefined);
    }
  });
});
