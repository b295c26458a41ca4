import * as assert from 'node:assert/strict';
import { errors } from '../../../src/base/errors.js';
import { unmetNeed } from '../../../src/ui/commands-model.js';
import { parseUriParts, toUriParts } from '../../../src/ui/diff-uri.js';
import { actionsFor, codeOf } from '../../../src/ui/failure-actions.js';
import { untranslated } from '../../../src/ui/translate.js';

describe('the address of a change', () => {
  for (const path of ['a.txt', 'src/a b.ts', 'naïve/ünï.ts', '-x', 'we"ird\n/name']) {
    it(`comes back from its URI: ${JSON.stringify(path)}`, () => {
      const address = { side: 'after', sessionId: 'abc123', path } as const;
      assert.deepEqual(parseUriParts(toUriParts(address)), address);
    });
  }

  it('is not read from other URIs', () => {
    assert.equal(parseUriParts({ scheme: 'file', authority: 'a', path: '/b' }), undefined);
    assert.equal(parseUriParts({ scheme: 'airlock-after', authority: '', path: '/b' }), undefined);
    assert.equal(parseUriParts({ scheme: 'airlock-after', authority: 'a', path: 'b' }), undefined);
  });
});

describe('what a command needs', () => {
  const idle = { live: 0, idle: 0, listed: 0, pending: 0, marked: 0, questions: 0 };
  const busy = { live: 2, idle: 1, listed: 3, pending: 2, marked: 1, questions: 1 };
  it('is met or said in a sentence', () => {
    assert.match(unmetNeed('live-session', idle) ?? '', /No agent/);
    assert.match(unmetNeed('idle-session', idle) ?? '', /No agent waits/);
    assert.match(unmetNeed('idle-session', { ...busy, idle: 0 }) ?? '', /No agent waits/);
    assert.match(unmetNeed('listed-session', idle) ?? '', /No agent has run/);
    for (const need of ['live-session', 'idle-session', 'listed-session'] as const)
      assert.equal(unmetNeed(need, busy), undefined);
    assert.match(unmetNeed('question', idle) ?? '', /No question/);
    assert.equal(unmetNeed('question', busy), undefined);
    assert.match(unmetNeed('pending', idle) ?? '', /No changes/);
    assert.match(unmetNeed('marked', idle) ?? '', /No change is marked/);
    assert.equal(unmetNeed('marked', busy), undefined);
    assert.match(unmetNeed('session-or-pending', idle) ?? '', /no session/);
    assert.equal(unmetNeed('session-or-pending', busy), undefined);
    assert.equal(unmetNeed('target', idle), undefined);
  });
});

describe('what helps after an error', () => {
  it('always ends with the log and starts with the fitting step', () => {
    assert.deepEqual(actionsFor('key-missing'), ['set-key', 'show-log']);
    assert.deepEqual(actionsFor('engine-missing'), ['run-again', 'run-doctor', 'show-log']);
    assert.deepEqual(actionsFor('engine-failed'), ['run-doctor', 'show-log']);
    assert.deepEqual(actionsFor(undefined), ['show-log']);
    assert.deepEqual(actionsFor('agent-failed', 'refused the key (HTTP 401)'), ['set-key', 'show-log']);
    assert.deepEqual(actionsFor('agent-failed', 'the agent ended'), ['show-log']);
  });

  it('knows an Airlock error of another bundle by its shape', () => {
    const error = errors.keyMissing('anthropic');
    const copy = Object.assign(new Error(error.message), { name: error.name, code: error.code });
    assert.equal(codeOf(copy), 'key-missing');
    assert.equal(codeOf(Object.assign(new Error('x'), { code: 'ENOENT' })), undefined);
  });
});

describe('messages without VS Code', () => {
  it('fill their places', () => assert.equal(untranslated('{1} of {0} {2}', 'a', 2), '2 of a {2}'));
});
