import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import type { ContainerState } from '../../../src/sandbox/engine.js';
import { watchPulse } from '../../../src/session/sandbox/pulse.js';

const times = { beatMs: 5, tellAfter: 2, endAfter: 6 };
const silent = () => new Promise<void>(() => undefined);

describe('the pulse of a sandbox', () => {
  let end: AbortController;
  let told: string[];
  beforeEach(() => {
    end = new AbortController();
    told = [];
  });
  afterEach(() => end.abort());

  const watch = (ping: () => Promise<void>, state: () => Promise<ContainerState>) =>
    watchPulse({
      engine: { state },
      container: '0123456789abcdef',
      ping,
      tell: (text) => void told.push(text),
      signal: end.signal,
      times,
    });

  it('is looked for until the session ends, and not told of', async () => {
    let pings = 0;
    const watched = watch(
      async () => {
        pings += 1;
        if (pings === 4) end.abort();
      },
      () => assert.fail('nobody has to ask'),
    );
    await watched;
    assert.equal(pings, 4);
    assert.deepEqual(told, []);
  });

  it('ends quietly with the road, whose end is told elsewhere', async () => {
    await watch(
      () => Promise.reject(new Error('closed')),
      () => assert.fail('nobody has to ask'),
    );
    assert.deepEqual(told, []);
  });

  it('missing for a while is told of once, and so is its return', async () => {
    let answer: () => void = () => undefined;
    let pings = 0;
    const watched = watch(
      () => {
        pings += 1;
        if (pings === 1) return new Promise((resolve) => (answer = resolve));
        end.abort();
        return Promise.resolve();
      },
      async () => {
        setTimeout(() => answer(), 2);
        return 'running';
      },
    );
    await watched;
    assert.equal(told.length, 2);
    assert.match(told[0] ?? '', /does not answer at the moment/);
    assert.match(told[1] ?? '', /answers again/);
  });

  it('missing for good ends the session with its cause: the sandbox, or the engine', async () => {
    const causeOf = (state: () => Promise<ContainerState>) =>
      watch(silent, state).then(
        () => assert.fail('it settled'),
        (error: unknown) => error,
      );
    const hung = await causeOf(async () => 'running');
    assert.ok(hung instanceof AirlockError && hung.code === 'guest-failed');
    assert.match(hung.message, /it runs, but did not answer/);
    const deaf = await causeOf(() => Promise.reject(new Error('no answer within 5 s')));
    assert.match(String(deaf), /the container engine did not answer.*no answer within 5 s/);
  });

  it('of a paused container is waited for', async () => {
    let looks = 0;
    await watch(silent, async () => {
      looks += 1;
      if (looks === 4) end.abort();
      return 'paused';
    });
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /docker unpause 0123456789ab/);
  });
});
