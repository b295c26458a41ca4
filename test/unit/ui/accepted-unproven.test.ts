import assert from 'node:assert/strict';
import { parseAccepted } from '../../../src/ui/accepted-unproven.js';

describe('what the user accepts unproven', () => {
  it('is names by runtime', () => {
    assert.deepEqual(parseAccepted({ runsc: ['seccomp', 'memory'] }), { runsc: ['seccomp', 'memory'] });
  });

  it('is nothing where it is no list of names', () => {
    assert.deepEqual(parseAccepted({ runsc: 'seccomp', runc: [7, 'swap'] }), { runsc: [], runc: ['swap'] });
    for (const value of [undefined, null, 'all', 7]) assert.deepEqual(parseAccepted(value), {});
  });
});
