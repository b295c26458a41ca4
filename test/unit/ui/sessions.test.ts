import assert from 'node:assert/strict';
import type { RunningSession } from '../../../src/session/api.js';
import type { SessionEvent, SessionOutcome } from '../../../src/session/events.js';
import { toViewState } from '../../../src/ui/session-message.js';
import { nameAgent, sessionColor } from '../../../src/ui/session-names.js';
import { MAX_LIVE, Sessions } from '../../../src/ui/sessions.js';
import { untranslated } from '../../../src/ui/translate.js';

/** A session whose events the test itself tells. */
function fakeSession(id: string) {
  let tell: (event: SessionEvent) => void = () => undefined;
  let end: (outcome: SessionOutcome) => void = () => undefined;
  const done = new Promise<SessionOutcome>((resolve) => {
    end = resolve;
  });
  const session = {
    id,
    startedAt: 1000,
    done,
    onEvent: (listener: (event: SessionEvent) => void) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as RunningSession;
  return {
    session,
    tell: (event: SessionEvent) => tell(event),
    end: async (outcome: SessionOutcome) => {
      end(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
const completed: SessionOutcome = { kind: 'completed', stopReason: 'end_turn' };

describe('the sessions of a window', () => {
  it('have the lowest free number, and its colour', async () => {
    const sessions = new Sessions();
    const fakes = ['a', 'b', 'c'].map(fakeSession);
    const numbers = fakes.map(({ session }) => sessions.add(session, 'do it').number);
    assert.deepEqual(numbers, [1, 2, 3]);
    await fakes[1]?.end(completed);
    assert.equal(sessions.add(fakeSession('d').session, 'again').number, 2);
    // The ended one with that number has made room.
    assert.deepEqual(
      sessions.list().map(({ id }) => id),
      ['a', 'c', 'd'],
    );
    assert.equal(new Set([1, 2, 3, 4, 5, 6].map(sessionColor)).size, 6);
    assert.equal(sessionColor(7), sessionColor(1));
  });

  it('have so many places, taken before anything is awaited and given back', () => {
    const sessions = new Sessions();
    for (let i = 0; i < MAX_LIVE; i += 1) assert.equal(sessions.reserve(), true);
    assert.equal(sessions.reserve(), false);
    sessions.release();
    assert.equal(sessions.reserve(), true);
    for (let i = 0; i < MAX_LIVE; i += 1) sessions.release();
    for (let i = 0; i < MAX_LIVE; i += 1) sessions.add(fakeSession(String(i)).session, 'x');
    assert.equal(sessions.reserve(), false);
  });

  it('are followed through their turns', async () => {
    const sessions = new Sessions();
    const { session, tell, end } = fakeSession('a');
    const entry = sessions.add(session, 'do it');
    const turns: string[] = [];
    entry.onDidEndTurn(({ kind }) => void turns.push(kind));
    assert.equal(entry.state.kind, 'starting');
    tell({ type: 'phase', phase: 'running', atMs: 500 });
    tell({ type: 'phase', phase: 'collecting', atMs: 900 });
    assert.deepEqual(entry.state, { kind: 'running', startedAt: 1500 });
    tell({ type: 'turn', turn: 1, stopReason: 'max_tokens' });
    tell({ type: 'phase', phase: 'idle', atMs: 950 });
    assert.deepEqual([entry.state.kind, turns, sessions.idle().length], ['idle', ['finished'], 1]);
    for (const end of [{ stopReason: 'cancelled' }, { stopReason: 'error', error: new Error('x') }]) {
      tell({ type: 'turn', turn: 2, ...end });
      tell({ type: 'phase', phase: 'idle', atMs: 960 });
    }
    assert.deepEqual(turns, ['finished', 'stopped', 'failed']);
    tell({ type: 'phase', phase: 'running', atMs: 9000 });
    assert.deepEqual(entry.state, { kind: 'running', startedAt: 10_000 });
    await end({ kind: 'failed', error: new Error('it died') });
    assert.deepEqual(entry.state, { kind: 'none', failure: 'it died' });
    assert.equal(entry.isLive, false);
    sessions.acknowledgeFailures();
    assert.deepEqual(entry.state, { kind: 'none' });
  });

  it('are named by number only where there are several', () => {
    const sessions = new Sessions();
    const name = (id: string) => nameAgent(sessions, id, untranslated);
    sessions.add(fakeSession('a').session, 'x');
    assert.deepEqual([name('a'), name('unknown')], ['The agent', 'The agent']);
    sessions.add(fakeSession('b').session, 'y');
    assert.deepEqual([name('a'), name('b')], ['Agent 1', 'Agent 2']);
  });

  it('are told to the session view: which is shown, which work, what can be done', () => {
    const sessions = new Sessions();
    const view = () => toViewState({ sessions, pending: 0, questions: 0 }, untranslated);
    assert.deepEqual([view().sessionId, view().tabs, view().canPrompt], ['', [], false]);
    const first = fakeSession('a');
    sessions.add(first.session, 'one');
    first.tell({ type: 'phase', phase: 'idle', atMs: 1 });
    first.tell({ type: 'usage', used: 50, size: 200 });
    assert.deepEqual(view().tabs, []);
    assert.deepEqual([view().canPrompt, view().canStop, view().running], [true, false, false]);
    assert.match(view().status, /waits for your next prompt\. \(25% of the context\)$/);
    sessions.add(fakeSession('b').session, 'two\u202e');
    assert.deepEqual(view().tabs, [
      { id: 'a', label: '1: one', hue: 0, isShown: false, isWorking: false },
      { id: 'b', label: '2: two\\u{202e}', hue: 1, isShown: true, isWorking: true },
    ]);
    assert.deepEqual([view().canPrompt, view().canStop, view().running], [false, true, true]);
  });
});
