import assert from 'node:assert/strict';
import fc from 'fast-check';
import { errors } from '../../../../src/base/errors.js';
import {
  activities,
  born,
  type Effect,
  type Life,
  type LifeEvent,
  steps,
  transition,
} from '../../../../src/session/life/life.js';
import { toOutcome } from '../../../../src/session/life/outcome.js';

const failure = new Error('gone');
const EVENTS: readonly LifeEvent[] = [
  ...[...steps, ...activities].map((phase): LifeEvent => ({ type: 'reached', phase })),
  { type: 'stop' },
  { type: 'overdue' },
  { type: 'settled', end: { kind: 'completed', stopReason: 'end_turn' } },
  { type: 'settled', end: { kind: 'failed', error: failure } },
  { type: 'salvaged' },
  { type: 'salvaged', error: new Error('named') },
  { type: 'removed' },
  { type: 'concluded' },
];
/** What the session's code answers each effect with, in the end. */
const ANSWERS: Partial<Record<Effect['type'], LifeEvent>> = {
  abort: { type: 'settled', end: { kind: 'failed', error: errors.cancelled() } },
  salvage: { type: 'salvaged' },
  remove: { type: 'removed' },
  conclude: { type: 'concluded' },
};

function play(events: readonly LifeEvent[], from: Life = born) {
  let life = from;
  const effects: Effect[] = [];
  for (const event of events) {
    const next = transition(life, event);
    life = next.life;
    effects.push(...next.effects);
  }
  return { life, effects };
}

/** Answers every effect that still waits for its answer, and the work that still runs, until nothing happens. */
function playOut(life: Life): { life: Life; effects: readonly Effect[] } {
  const effects: Effect[] = [];
  let now = life;
  const pending = [...Object.values(ANSWERS)];
  for (let round = 0; round < 6; round += 1) {
    for (const event of pending) {
      const next = transition(now, event);
      now = next.life;
      effects.push(...next.effects);
    }
  }
  return { life: now, effects };
}

const namesOf = (effects: readonly Effect[]) =>
  effects.map((effect) => (effect.type === 'tell' ? effect.phase : effect.type));

describe('life of a session', () => {
  it('goes through a start, turns and an end in good order', () => {
    const { life, effects } = play([
      ...[...steps, 'ready', 'running', 'collecting', 'idle', 'running', 'collecting'].map(
        (phase) => ({ type: 'reached', phase }) as LifeEvent,
      ),
      { type: 'settled', end: { kind: 'completed', stopReason: 'end_turn' } },
      { type: 'removed' },
      { type: 'concluded' },
    ]);
    assert.deepEqual(life, { kind: 'over', cause: { kind: 'completed', stopReason: 'end_turn' } });
    assert.deepEqual(namesOf(effects), [
      ...steps,
      ...['ready', 'running', 'collecting', 'idle', 'running', 'collecting'],
      ...['stopping', 'remove', 'conclude', 'done'],
    ]);
  });

  it('tells of a step again, with what is new, but goes back to none', () => {
    const reached = (phase: (typeof steps)[number], detail?: string): LifeEvent => ({
      type: 'reached',
      phase,
      detail,
    });
    const { life, effects } = play([
      reached('image', 'a'),
      reached('image', 'b'),
      reached('engine'),
      reached('guest'),
    ]);
    assert.deepEqual(life, { kind: 'starting', step: 'guest' });
    assert.deepEqual(namesOf(effects), ['image', 'image', 'guest']);
  });

  it('salvages what a sandbox with an agent holds, whatever ended it, and nothing where there was none', () => {
    for (const event of EVENTS.filter(({ type }) => ['stop', 'overdue'].includes(type))) {
      const early = play([{ type: 'reached', phase: 'container' }, event]).life;
      assert.ok(!namesOf(playOut(early).effects).includes('salvage'));
      for (const phase of ['agent', 'ready', 'running', 'idle'] as const) {
        const late = play([{ type: 'reached', phase }, event]);
        assert.deepEqual(namesOf(late.effects), [phase, 'abort']);
        assert.deepEqual(namesOf(playOut(late.life).effects), [
          'salvage',
          'stopping',
          'remove',
          'conclude',
          'done',
        ]);
      }
    }
  });

  it('takes the cause that the salvage found for a failure, and leaves every other', () => {
    const named = new Error('named');
    const end = (events: readonly LifeEvent[]) => {
      const { life } = play([{ type: 'reached', phase: 'running' }, ...events]);
      return 'cause' in life ? life.cause : undefined;
    };
    const failed: LifeEvent = { type: 'settled', end: { kind: 'failed', error: failure } };
    assert.deepEqual(end([failed, { type: 'salvaged', error: named }]), { kind: 'failed', error: named });
    assert.deepEqual(end([failed, { type: 'salvaged' }]), { kind: 'failed', error: failure });
    assert.deepEqual(end([{ type: 'stop' }, failed, { type: 'salvaged', error: named }]), {
      kind: 'stopped',
    });
    assert.deepEqual(end([{ type: 'overdue' }, { type: 'stop' }, failed]), { kind: 'overdue' });
  });

  it('ended in good order if the work did, though it was told to', () => {
    const completed = { kind: 'completed', stopReason: 'end_turn' } as const;
    const { life, effects } = play([
      { type: 'reached', phase: 'idle' },
      { type: 'stop' },
      { type: 'settled', end: completed },
    ]);
    assert.deepEqual(life, { kind: 'removing', cause: completed });
    assert.deepEqual(namesOf(effects), ['idle', 'abort', 'stopping', 'remove']);
  });

  it('is the same in every state for what comes too late', () => {
    const states = EVENTS.flatMap((first) => EVENTS.map((second) => play([first, second]).life));
    let ignored = 0;
    for (const life of states) {
      for (const event of EVENTS) {
        const next = transition(life, event);
        if (next.life === life) {
          assert.deepEqual(next.effects, []);
          ignored += 1;
        }
        if (life.kind === 'over') assert.equal(next.life, life);
      }
    }
    assert.ok(ignored > 0);
  });

  it('removes and concludes once on every way, salvages at most once before, and always comes to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
        const first = play(events);
        const rest = playOut(first.life);
        assert.equal(rest.life.kind, 'over');
        const names = namesOf([...first.effects, ...rest.effects]);
        const ends = names.filter((name) =>
          ['abort', 'salvage', 'remove', 'conclude', 'done'].includes(name),
        );
        assert.deepEqual(
          ends.filter((name) => name !== 'abort' && name !== 'salvage'),
          ['remove', 'conclude', 'done'],
        );
        assert.equal(new Set(ends).size, ends.length);
        // After work was told to end, nobody is told that it goes on.
        const after = names.slice(names.findIndex((name) => ['abort', 'salvage', 'stopping'].includes(name)));
        assert.ok(
          after.every((name) => !['ready', 'running', 'collecting', 'idle'].includes(name)),
          names.join(),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('says how it ended', () => {
    assert.deepEqual(toOutcome({ kind: 'stopped' }, 1), { kind: 'cancelled' });
    assert.deepEqual(toOutcome({ kind: 'failed', error: errors.cancelled() }, 1), { kind: 'cancelled' });
    assert.deepEqual(toOutcome({ kind: 'failed', error: failure }, 1), { kind: 'failed', error: failure });
    const late = toOutcome({ kind: 'overdue' }, 30);
    assert.ok(late.kind === 'failed' && /did not finish within 30 s/.test(late.error.message));
  });
});
