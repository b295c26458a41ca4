import assert from 'node:assert/strict';
import { UpdateThrottle } from '../../../src/agents/update-throttle.js';
import type { AgentTool, AgentUpdate } from '../../../src/agents/updates.js';

describe('update throttle', () => {
  const make = () => {
    const seen: AgentUpdate[] = [];
    return {
      seen,
      throttle: new UpdateThrottle(
        (update) => seen.push(update),
        () => 0,
      ),
    };
  };
  const text = (value: string): AgentUpdate => ({ type: 'text', text: value });
  const tool = (id: string, status: AgentTool['status']): AgentTool => ({
    type: 'tool',
    id,
    title: 't',
    kind: 'other',
    status,
  });

  it('delivers a normal stream at once and in order', () => {
    const { seen, throttle } = make();
    const sent = [text('a'), tool('1', 'pending'), text('b')];
    for (const update of sent) throttle.push(update);
    assert.deepEqual(seen, sent);
  });

  it('merges beyond the burst: texts joined, the newest state of a tool kept', () => {
    const { seen, throttle } = make();
    for (let i = 0; i < 300; i++) throttle.push(text('.'));
    for (const update of [text('a'), text('b'), tool('1', 'pending'), tool('1', 'completed'), text('c')]) {
      throttle.push(update);
    }
    assert.equal(seen.length, 300);
    throttle.flush();
    assert.deepEqual(seen.slice(300), [text('ab'), tool('1', 'completed'), text('c')]);
  });

  it('delivers what waits a little later by itself', async () => {
    const seen: AgentUpdate[] = [];
    let now = 0;
    const throttle = new UpdateThrottle(
      (update) => seen.push(update),
      () => now,
    );
    for (let i = 0; i < 301; i++) throttle.push(text('.'));
    now = 1000;
    await new Promise((resolve) => setTimeout(resolve, 120));
    assert.equal(seen.length, 301);
  });

  it('drops what does not fit, with one notice', () => {
    const { seen, throttle } = make();
    for (let i = 0; i < 1300; i++) throttle.push(tool(String(i), 'pending'));
    throttle.flush();
    assert.equal(throttle.dropped, 800);
    assert.equal(seen.filter(({ type }) => type === 'notice').length, 1);
    assert.equal(seen.length, 501);
  });
});
