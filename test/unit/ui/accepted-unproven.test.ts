import assert from 'node:assert/strict';
import type { SelfTest } from '../../../src/session/guarantees/evaluate.js';
import { addAccepted, listUnproven, parseAccepted } from '../../../src/ui/accepted-unproven.js';

describe('what the user accepts unproven', () => {
  it('is names by runtime', () => {
    assert.deepEqual(parseAccepted({ runsc: ['seccomp', 'memory'] }), { runsc: ['seccomp', 'memory'] });
  });

  it('is nothing where it is no list of names', () => {
    assert.deepEqual(parseAccepted({ runsc: 'seccomp', runc: [7, 'swap'] }), { runsc: [], runc: ['swap'] });
    for (const value of [undefined, null, 'all', 7]) assert.deepEqual(parseAccepted(value), {});
  });

  it('is asked for each guarantee once, and only for what no proof was found for', () => {
    const row = (id: string, status: 'proven' | 'not-provable' | 'failed') => ({
      id,
      title: id,
      status,
      reason: id,
    });
    const test = (results: SelfTest['results']): SelfTest => ({ principal: 'agent', uid: 1, ms: 1, results });
    const tests = [
      test([row('seccomp', 'not-provable'), row('network', 'proven')]),
      test([row('seccomp', 'not-provable'), row('memory', 'not-provable'), row('swap', 'failed')]),
    ];
    assert.deepEqual(
      listUnproven(tests).map(({ id }) => id),
      ['seccomp', 'memory'],
    );
  });

  it('is added to what was accepted before, and takes nothing away', () => {
    const accepted = { runsc: ['seccomp'], kata: ['swap'] };
    assert.deepEqual(addAccepted(accepted, 'runsc', ['memory', 'seccomp']), {
      runsc: ['seccomp', 'memory'],
      kata: ['swap'],
    });
    assert.deepEqual(addAccepted({}, 'default', ['swap']), { default: ['swap'] });
  });
});
