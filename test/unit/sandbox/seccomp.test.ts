import assert from 'node:assert/strict';
import { buildSeccompProfile, securityOptions } from '../../../src/sandbox/seccomp/profile.js';
import { refusedSyscalls } from '../../../src/sandbox/seccomp/refused.js';
import { allowedSyscalls } from '../../../src/sandbox/seccomp/syscalls.js';

describe('the filter of system calls', () => {
  it('names each call once', () => {
    const names = [...allowedSyscalls, ...refusedSyscalls];
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('allows none of the dangerous ones without a look at their arguments', () => {
    const guarded = ['clone', 'clone3', 'socket', 'personality', 'open_by_handle_at', ...refusedSyscalls];
    assert.deepEqual(
      guarded.filter((name) => allowedSyscalls.includes(name)),
      [],
    );
  });

  it('refuses what it does not name, and every call of another architecture', () => {
    const profile: unknown = buildSeccompProfile();
    assert.ok(typeof profile === 'object' && profile !== null);
    assert.ok('defaultAction' in profile && profile.defaultAction === 'SCMP_ACT_ERRNO');
    assert.ok('archMap' in profile && Array.isArray(profile.archMap));
    for (const { subArchitectures } of profile.archMap) assert.deepEqual(subArchitectures, []);
  });

  it('is the same text each time, and left out where the engine’s own is chosen', () => {
    assert.deepEqual(securityOptions('airlock'), securityOptions('airlock'));
    assert.deepEqual(securityOptions('engine'), ['no-new-privileges']);
  });
});
