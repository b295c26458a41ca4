import assert from 'node:assert/strict';
import { UpdateReader } from '../../../src/agents/update-reader.js';

describe('update reader', () => {
  const read = (update: unknown, reader = new UpdateReader()) => reader.read({ sessionId: 's', update });

  const useless: [string, unknown][] = [
    ['no update', undefined],
    ['an unknown kind', { sessionUpdate: 'compaction_update' }],
    ['a text without text', { sessionUpdate: 'agent_message_chunk', content: { type: 'text' } }],
    ['an image', { sessionUpdate: 'agent_message_chunk', content: { type: 'image', data: '' } }],
    ['a tool without id', { sessionUpdate: 'tool_call', title: 'x' }],
    ['a tool with a long id', { sessionUpdate: 'tool_call', toolCallId: 'x'.repeat(300), title: 'x' }],
  ];
  for (const [name, update] of useless) {
    it(`passes over ${name}`, () => assert.equal(read(update), undefined));
  }

  it('fills a tool update up with what was said before', () => {
    const reader = new UpdateReader();
    read({ sessionUpdate: 'tool_call', toolCallId: '1', title: 'Run x', kind: 'execute' }, reader);
    assert.deepEqual(
      read({ sessionUpdate: 'tool_call_update', toolCallId: '1', status: 'completed' }, reader),
      {
        type: 'tool',
        id: '1',
        title: 'Run x',
        kind: 'execute',
        status: 'completed',
      },
    );
  });

  it('shows hidden characters of a title and keeps it on one line', () => {
    const tool = read({ sessionUpdate: 'tool_call', toolCallId: '1', title: 'a\u202e\nb' });
    assert.ok(tool?.type === 'tool');
    assert.equal(tool.title, 'a\\u{202e}\\u{a}b');
  });

  it('cuts long texts and long plans', () => {
    const text = read({
      sessionUpdate: 'agent_thought_chunk',
      content: { type: 'text', text: 'x'.repeat(100_000) },
    });
    assert.ok(text?.type === 'thought' && text.text.length === 65_537);
    const entries = Array.from({ length: 300 }, () => ({ content: 'do', priority: 'low', status: 'odd' }));
    const plan = read({ sessionUpdate: 'plan', entries });
    assert.ok(plan?.type === 'plan' && plan.entries.length === 100);
    assert.deepEqual(plan.entries[0], { text: 'do', status: 'pending' });
  });

  it('leaves a size out that is not known', () => {
    assert.deepEqual(read({ sessionUpdate: 'usage_update', used: 5, size: 0 }), { type: 'usage', used: 5 });
  });

  it('shows what a tool did: texts and diffs, bounded, and nothing else', () => {
    const reader = new UpdateReader();
    const content = [
      { type: 'content', content: { type: 'text', text: 'said\u202e' } },
      { type: 'diff', path: 'a\n.js', oldText: 'one\ntwo\n', newText: 'three' },
      { type: 'diff', path: 'new.js', newText: '' },
      { type: 'terminal', terminalId: 't' },
      7,
    ];
    const tool = read({ sessionUpdate: 'tool_call', toolCallId: '1', title: 'x', content }, reader);
    assert.ok(tool?.type === 'tool');
    assert.equal(tool.content, 'said\\u{202e}\na\\u{a}.js\n- one\n- two\n+ three\nnew.js');
    const kept = read({ sessionUpdate: 'tool_call_update', toolCallId: '1', content: [] }, reader);
    assert.ok(kept?.type === 'tool' && kept.content === tool.content);
    const long = [{ type: 'diff', path: 'a', oldText: 'x'.repeat(1e6), newText: 'y'.repeat(1e6) }];
    const cut = read({ sessionUpdate: 'tool_call_update', toolCallId: '1', content: long }, reader);
    assert.ok(cut?.type === 'tool' && (cut.content ?? '').length < 20_000);
  });

  it('tells of another mode', () => {
    assert.deepEqual(read({ sessionUpdate: 'current_mode_update', currentModeId: 'plan' }), {
      type: 'mode',
      modeId: 'plan',
    });
  });
});
