import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentConnection } from '../../../src/agents/acp-client.js';
import { withCancel } from '../../../src/agents/cancel.js';
import type { AuditRecord } from '../../../src/audit/records.js';
import { errors } from '../../../src/base/errors.js';
import { PromptInbox } from '../../../src/session/agent/prompt-inbox.js';
import { SilenceWatch } from '../../../src/session/agent/silence-watch.js';
import { TurnClock } from '../../../src/session/agent/turn-clock.js';
import { Turns } from '../../../src/session/agent/turns.js';
import type { SessionEvent } from '../../../src/session/events.js';
import { SessionReport } from '../../../src/session/record/session-report.js';

const never = new Promise<never>(() => undefined);
const code = (wanted: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === wanted;

describe('the turns of a session', () => {
  let events: SessionEvent[];
  let records: AuditRecord[];
  let stop: AbortController;
  beforeEach(() => {
    events = [];
    records = [];
    stop = new AbortController();
  });

  function open(
    prompt: AgentConnection['prompt'],
    keepMs = 60_000,
    more: { failure?: Promise<never>; recover?: () => Promise<void>; isAlive?: boolean } = {},
  ) {
    const report: SessionReport = new SessionReport(
      Date.now(),
      { append: (record) => void records.push(record) },
      (phase, detail) => report.tellPhase(phase, detail),
    );
    report.onEvent((event) => void events.push(event));
    const turns = new Turns(keepMs);
    const clock = new TurnClock(60_000);
    let checks = 0;
    const ended = turns.run('first', {
      agent: {
        prompt,
        recover: more.recover ?? (() => Promise.reject(new Error('it is gone'))),
        isAlive: more.isAlive ?? false,
      },
      captures: { request: async () => undefined },
      commits: { request: async () => undefined },
      silence: new SilenceWatch(60_000),
      clock,
      failure: more.failure ?? never,
      checkTurn: async () => {
        checks += 1;
      },
      report,
      signal: stop.signal,
    });
    ended.catch(() => undefined).finally(() => clock.stop());
    return { turns, ended, checks: () => checks };
  }
  const phases = () => events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
  async function idle(count: number): Promise<void> {
    while (phases().filter((phase) => phase === 'idle').length < count) await sleep(1);
  }

  it('are one when the sandbox is not kept', async () => {
    const { ended, turns } = open(async () => ({ stopReason: 'max_tokens' }), 0);
    assert.equal(turns.cancel(), false);
    assert.equal(await ended, 'max_tokens');
    assert.deepEqual(phases(), ['running', 'collecting']);
    assert.throws(() => turns.prompt({ text: 'more' }), code('session-busy'));
  });

  it('tell the agent of the review before the prompt, and the user how much', async () => {
    const said: string[] = [];
    const { turns } = open(async (text) => {
      said.push(text);
      return { stopReason: 'end_turn' };
    });
    await idle(1);
    turns.prompt({ text: 'second', preface: { text: 'You were rejected.', remarks: 2 } });
    await idle(2);
    stop.abort();
    assert.deepEqual(said, ['first', 'You were rejected.\n\nsecond']);
    assert.deepEqual(
      events.filter(({ type }) => type === 'prompt'),
      [
        { type: 'prompt', text: 'first' },
        { type: 'prompt', text: 'second', remarks: 2 },
      ],
    );
  });

  it('follow one another, each with its prompt and record', async () => {
    const said: string[] = [];
    const { turns, ended, checks } = open(async (text) => {
      said.push(text);
      return { stopReason: 'end_turn' };
    });
    await idle(1);
    turns.prompt({ text: 'second' });
    assert.throws(() => turns.prompt({ text: 'third' }), code('session-busy'));
    await idle(2);
    stop.abort();
    assert.equal(await ended, 'end_turn');
    assert.deepEqual(said, ['first', 'second']);
    assert.deepEqual(phases(), ['running', 'collecting', 'idle', 'running', 'collecting', 'idle']);
    assert.deepEqual(
      records.map((record) => record.kind === 'turn' && record.turn),
      [1, 2],
    );
    assert.equal(checks(), 2);
  });

  it('may be begun from the very event that says the session is idle', async () => {
    const { turns, ended } = open(async () => ({ stopReason: 'end_turn' }));
    let prompted = false;
    while (!prompted) {
      await sleep(1);
      if (!phases().includes('idle')) continue;
      turns.prompt({ text: 'second' });
      prompted = true;
    }
    await idle(2);
    stop.abort();
    await ended;
  });

  it('can be ended: the session goes on, and what the agent need not have done is not checked', async () => {
    const deaf = (ends: boolean): AgentConnection['prompt'] => {
      return (_text, signal) =>
        withCancel(
          new Promise((resolve) => {
            if (ends) signal.addEventListener('abort', () => resolve({ stopReason: 'cancelled' }));
          }),
          signal,
          20,
          async () => undefined,
        );
    };
    const good = open(deaf(true));
    await sleep(5);
    assert.equal(good.turns.cancel(), true);
    await idle(1);
    assert.equal(good.checks(), 0);
    stop.abort();
    assert.equal(await good.ended, 'cancelled');

    stop = new AbortController();
    const bad = open(deaf(false));
    await sleep(5);
    bad.turns.cancel();
    await assert.rejects(bad.ended, code('cancelled'));
    assert.ok(
      events.some((event) => event.type === 'notice' && /did not stop within a second/.test(event.text)),
    );
  });

  it('go on with an agent that ended and is there again; without one, the first failure is told', async () => {
    const gone = async () => {
      throw errors.agentFailed('it ended in the middle of its work');
    };
    const good = open(gone, 60_000, { recover: async () => undefined });
    await idle(1);
    assert.equal(good.checks(), 0);
    stop.abort();
    assert.equal(await good.ended, 'agent_ended');
    stop = new AbortController();
    await assert.rejects(open(gone).ended, /in the middle of its work/);
    const never = () => new Promise<void>(() => undefined);
    await assert.rejects(open(gone, 0, { recover: never }).ended, /in the middle of its work/);
  });

  it('go on after one that the agent could not do: its model failed, and it says so', async () => {
    let fails = true;
    const { turns, ended, checks } = open(
      async () => {
        if (fails) throw errors.agentFailed('the model is overloaded');
        return { stopReason: 'end_turn' };
      },
      60_000,
      { isAlive: true },
    );
    await idle(1);
    const [turn] = events.flatMap((event) => (event.type === 'turn' ? [event] : []));
    assert.equal(turn?.stopReason, 'error');
    assert.match(turn?.error?.message ?? '', /the model is overloaded/);
    fails = false;
    turns.prompt({ text: 'again' });
    await idle(2);
    assert.equal(checks(), 1);
    stop.abort();
    assert.equal(await ended, 'end_turn');
  });

  it('are over when the sandbox fails between two', async () => {
    let fail: (error: Error) => void = () => undefined;
    const failure = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const { turns, ended } = open(async () => ({ stopReason: 'end_turn' }), 60_000, { failure });
    await idle(1);
    fail(errors.guestFailed('it died'));
    await assert.rejects(ended, code('guest-failed'));
    assert.throws(() => turns.prompt({ text: 'too late' }), code('session-busy'));
  });
});

describe('the wait for a next prompt', () => {
  it('ends without one in time, or at once when the session is over', async () => {
    const inbox = new PromptInbox();
    assert.equal(await inbox.next(5, new AbortController().signal), undefined);
    assert.equal(await inbox.next(60_000, AbortSignal.abort()), undefined);
    const stop = new AbortController();
    const next = inbox.next(60_000, stop.signal);
    stop.abort();
    assert.equal(await next, undefined);
    assert.throws(() => inbox.submit({ text: 'late' }), code('session-busy'));
  });
});

describe('an agent that does nothing', () => {
  it('fails after its time, but not while it waits for a call', async () => {
    const watch = new SilenceWatch(40);
    await assert.rejects(watch.over(never), /it did nothing for 0.04 s/);
    const waiting = watch.over(
      watch.during(async () => {
        await sleep(120);
        return 'done';
      }),
    );
    assert.equal(await waiting, 'done');
  });

  it('is not watched between turns', async () => {
    const watch = new SilenceWatch(20);
    await watch.over(Promise.resolve());
    watch.touch();
    await sleep(60);
    assert.equal(await watch.over(sleep(5, 'ok')), 'ok');
  });
});

describe('the time of a turn', () => {
  it('runs only while a turn does', async () => {
    const clock = new TurnClock(30);
    clock.start();
    clock.stop();
    await sleep(60);
    assert.equal(clock.overdue.aborted, false);
    clock.start();
    await new Promise((resolve) => clock.overdue.addEventListener('abort', resolve));
    assert.equal(clock.overdue.aborted, true);
  });
});
