import * as assert from 'node:assert/strict';
import type { SessionState } from '../../../src/ui/session-state.js';
import { stateOfPhase } from '../../../src/ui/session-state.js';
import { computeStatus, describeStatus, formatElapsed, type Status } from '../../../src/ui/status-model.js';
import { untranslated } from '../../../src/ui/translate.js';

const none = { count: 0, conflicts: 0 };
const some = { count: 3, conflicts: 1 };

describe('the status bar', () => {
  const cases: readonly [string, SessionState, { count: number; conflicts: number }, Status][] = [
    ['idle', { kind: 'none' }, none, { kind: 'idle' }],
    ['pending changes', { kind: 'none' }, some, { kind: 'pending', ...some }],
    ['a failure before pending changes', { kind: 'none', failure: 'x' }, some, { kind: 'error', what: 'x' }],
    [
      'the phase while starting',
      { kind: 'starting', phase: 'image', startedAt: 0 },
      some,
      { kind: 'starting', phase: 'image' },
    ],
    [
      'the time while running',
      { kind: 'running', startedAt: 4000 },
      some,
      { kind: 'running', elapsedMs: 6000, count: 1 },
    ],
    [
      'no negative time',
      { kind: 'running', startedAt: 99_000 },
      none,
      { kind: 'running', elapsedMs: 0, count: 1 },
    ],
    ['a sandbox that is kept', { kind: 'idle' }, none, { kind: 'kept', count: 1 }],
    ['changes before a sandbox that is kept', { kind: 'idle' }, some, { kind: 'pending', ...some }],
    ['the removal', { kind: 'stopping', startedAt: 0 }, none, { kind: 'stopping' }],
  ];
  for (const [name, session, pending, expected] of cases) {
    it(`shows ${name}`, () => assert.deepEqual(computeStatus([session], pending, 0, 10_000), expected));
  }

  it('speaks without icons and symbols', () => {
    for (const [, session, pending] of cases) {
      const { label } = describeStatus(computeStatus([session], pending, 0, 10_000), untranslated);
      assert.match(label, /^Airlock: /);
      assert.doesNotMatch(label, /\$\(/);
    }
  });

  it('puts a question of the agent before everything else', () => {
    for (const [, session, pending] of cases) {
      assert.deepEqual(computeStatus([session], pending, 1, 10_000), { kind: 'asking', count: 1 });
    }
    const say = (count: number) => describeStatus({ kind: 'asking', count }, untranslated);
    assert.equal(say(1).text, '$(question) Airlock: 1 question');
    assert.equal(say(2).label, 'Airlock: the agent waits for an answer, 2 questions');
  });

  it('stands for several sessions at once', () => {
    const running = (startedAt: number): SessionState => ({ kind: 'running', startedAt });
    const starting: SessionState = { kind: 'starting', phase: 'image', startedAt: 9_000 };
    const status = (...sessions: SessionState[]) => computeStatus(sessions, none, 0, 10_000);
    assert.deepEqual(status({ kind: 'idle' }, running(4_000), starting), {
      kind: 'running',
      elapsedMs: 6_000,
      count: 2,
    });
    assert.deepEqual(status({ kind: 'idle' }, starting), { kind: 'starting', phase: 'image' });
    assert.deepEqual(status({ kind: 'idle' }, { kind: 'idle' }), { kind: 'kept', count: 2 });
    assert.deepEqual(
      status({ kind: 'none', failure: 'old' }, { kind: 'none', failure: 'new' }, { kind: 'idle' }),
      { kind: 'error', what: 'new' },
    );
    const { text, label } = describeStatus({ kind: 'running', elapsedMs: 6_000, count: 2 }, untranslated);
    assert.equal(text, '$(sync~spin) Airlock: 2 agents 0:06');
    assert.equal(label, 'Airlock: 2 agents are running, the first for 0:06');
  });

  it('counts one change and many', () => {
    const say = (count: number, conflicts: number) =>
      describeStatus({ kind: 'pending', count, conflicts }, untranslated);
    assert.equal(say(1, 0).label, 'Airlock: 1 change waits for review');
    assert.equal(say(2, 1).label, 'Airlock: 2 changes wait for review, 1 in conflict');
    assert.equal(say(2, 0).text, '$(git-pull-request) Airlock: 2 pending');
  });

  it('formats elapsed time', () => {
    assert.equal(formatElapsed(0), '0:00');
    assert.equal(formatElapsed(61_999), '1:01');
    assert.equal(formatElapsed(3_723_000), '1:02:03');
  });

  it('knows the state of each phase', () => {
    assert.equal(stateOfPhase('guest', 1).kind, 'starting');
    assert.equal(stateOfPhase('collecting', 1).kind, 'running');
    assert.equal(stateOfPhase('idle', 1).kind, 'idle');
    assert.equal(stateOfPhase('done', 1).kind, 'stopping');
  });
});
