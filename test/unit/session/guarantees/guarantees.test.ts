import assert from 'node:assert/strict';
import type { SelfTestFacts } from '../../../../src/protocol/self-test.js';
import { evaluateFacts, guarantees } from '../../../../src/session/guarantees/evaluate.js';
import { requireGuarantees, toSelfTestRecord } from '../../../../src/session/guarantees/judge-self-test.js';
import { askedOfAgent, soundFacts } from './facts.js';

type Change = (facts: SelfTestFacts) => void;

const STATUS = '/proc/self/status';
const MOUNTS = '/proc/self/mountinfo';
const replace =
  (file: string, from: string | RegExp, to: string): Change =>
  (facts) => {
    const text = facts.files[file] ?? '';
    assert.notEqual(text.replace(from, to), text);
    facts.files[file] = text.replace(from, to);
  };
const attempt =
  (name: string, outcome: string): Change =>
  (facts) => {
    facts.attempts[name] = outcome;
  };
const hide =
  (file: string): Change =>
  (facts) => {
    delete facts.files[file];
  };
const set =
  (changes: Partial<SelfTestFacts>): Change =>
  (facts) =>
    void Object.assign(facts, changes);
const V1 = '/sys/fs/cgroup';

const broken: readonly [id: string, what: string, change: Change][] = [
  ['network', 'a bridge', (facts) => void facts.interfaces.push('eth0')],
  ['network', 'a route', replace('/proc/net/route', '\n', '\neth0\t00000000\n')],
  ['network', 'TCP that waits', attempt('tcp4', 'timeout')],
  ['network', 'UDP', attempt('udp4', 'ok')],
  ['network', 'UDP over IPv6', attempt('udp6', 'ok')],
  ['read-only-root', 'a writable root', replace(MOUNTS, '/ / ro', '/ / rw')],
  ['read-only-root', 'a folder that may be written to', attempt('/etc', 'ok')],
  ['read-only-root', 'a setting of the kernel', attempt('/proc/sys/kernel/core_pattern', 'ok')],
  ['mounts', 'another writable place', replace(MOUNTS, '/etc/resolv.conf ro', '/etc/resolv.conf rw')],
  ['mounts', 'devices in /tmp', replace(MOUNTS, '/tmp rw,nosuid,nodev', '/tmp rw,nosuid')],
  ['mounts', 'a writable upper layer', replace(MOUNTS, /$/, '9 7 8:0 / /run/airlock/upper rw - ext4 x rw\n')],
  ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set): [string, string, Change] => [
    'capabilities',
    set,
    replace(STATUS, `${set}:\t0000000000000000`, `${set}:\t0000000000002000`),
  ]),
  ['no-new-privileges', 'not set', replace(STATUS, 'NoNewPrivs:\t1', 'NoNewPrivs:\t0')],
  ['seccomp', 'no filter', replace(STATUS, 'Seccomp:\t2', 'Seccomp:\t0')],
  ['identity', 'root', replace(STATUS, /Uid:.*/, 'Uid:\t0\t0\t0\t0')],
  ['identity', 'another group', replace(STATUS, 'Groups:\t60001', 'Groups:\t60001 999')],
  ['workspace-hidden', 'a list of it', attempt('/workspace', 'ok')],
  ['workspace-hidden', 'no workspace at all', attempt('/workspace', 'ENOENT')],
  ['workspace-hidden', 'the upper layer', attempt('/run/airlock/upper', 'ok')],
  ['engine-socket', 'there', attempt('/var/run/docker.sock', 'ok')],
  ['memory', 'more', replace(`${V1}/memory/memory.limit_in_bytes`, /\d+/, '9223372036854771712')],
  ['swap', 'more', replace(`${V1}/memory/memory.memsw.limit_in_bytes`, /\d+/, '1073741824')],
  ['processes', 'no limit', replace(`${V1}/pids/pids.max`, '256', 'max')],
  ['processor', 'no limit', replace(`${V1}/cpu/cpu.cfs_quota_us`, '200000', '-1')],
  ['processor', 'more', replace(`${V1}/cpu/cpu.cfs_quota_us`, '200000', '400000')],
  ['memory-files', 'a large /tmp', set({ sizes: { '/tmp': 1e12 } })],
  ['memory-files', 'no limit', set({ sizes: { '/tmp': 0 } })],
  [
    'file-limits',
    'files of any size',
    replace('/proc/self/limits', /2147483648\s+2147483648/, '1 unlimited'),
  ],
  ['clock', 'a clock that stands', set({ timerMs: 0 })],
  ['clock', 'a clock that runs ahead', set({ tookMs: 5000 })],
];

const hidden: readonly [ids: readonly string[], what: string, change: Change][] = [
  [['seccomp'], 'no line of seccomp', replace(STATUS, /Seccomp.*\n?/g, '')],
  [['no-new-privileges'], 'no line of it', replace(STATUS, 'NoNewPrivs:\t1\n', '')],
  [['capabilities'], 'no capabilities', replace(STATUS, /CapBnd.*\n/, '')],
  [['identity'], 'no ids', replace(STATUS, /Uid.*\n/, '')],
  [['read-only-root', 'mounts'], 'no mounts', hide(MOUNTS)],
  [['memory'], 'no control group', hide(`${V1}/memory/memory.limit_in_bytes`)],
  [['swap'], 'swap is not counted', hide(`${V1}/memory/memory.memsw.limit_in_bytes`)],
  [['processes'], 'no control group', hide(`${V1}/pids/pids.max`)],
  [['processor'], 'no control group', hide(`${V1}/cpu/cpu.cfs_quota_us`)],
  [['file-limits'], 'no limits of a process', hide('/proc/self/limits')],
  [['memory-files'], 'no sizes', set({ sizes: {} })],
];

function judge(change: Change) {
  const facts = soundFacts();
  change(facts);
  return evaluateFacts(facts, askedOfAgent());
}

describe('guarantees', () => {
  it('are all proven by the facts of a sound sandbox', () => {
    const { results } = judge(() => undefined);
    assert.deepEqual(
      results.filter(({ status }) => status !== 'proven'),
      [],
    );
    assert.deepEqual(
      guarantees.filter(({ id }) => !results.some((row) => row.id === id)).map(({ id }) => id),
      ['processes-apart'],
    );
  });

  it('are proven by control groups of version 2 as well', () => {
    const { results } = judge((facts) => {
      for (const file of Object.keys(facts.files)) if (file.startsWith(V1)) delete facts.files[file];
      facts.files[`${V1}/memory.max`] = '536870912\n';
      facts.files[`${V1}/memory.swap.max`] = '0\n';
      facts.files[`${V1}/pids.max`] = '256\n';
      facts.files[`${V1}/cpu.max`] = '200000 100000\n';
    });
    assert.ok(results.every(({ status }) => status === 'proven'));
  });

  for (const [id, what, change] of broken) {
    it(`${id} alone fails: ${what}`, () => {
      const test = judge(change);
      assert.deepEqual(
        test.results.filter(({ status }) => status !== 'proven').map((row) => [row.id, row.status]),
        [[id, 'failed']],
      );
      assert.throws(
        () => requireGuarantees(test, 'default', [id]),
        (error: Error) => error.message.includes(`${id} (`),
      );
    });
  }

  for (const [ids, what, change] of hidden) {
    it(`${ids.join(' and ')} cannot be proven: ${what}`, () => {
      const test = judge(change);
      const open = test.results.filter(({ status }) => status !== 'proven');
      assert.deepEqual(
        open.map((row) => [row.id, row.status]),
        ids.map((id) => [id, 'not-provable']),
      );
      assert.throws(() => requireGuarantees(test, 'runsc', []), /"runsc".*airlock\.acceptedUnproven/);
      requireGuarantees(test, 'runsc', ids);
    });
  }

  it('each has a case that fails', () => {
    // The last is asked of the tools' user alone; its cases stand below.
    const covered = new Set([...broken.map(([id]) => id), 'processes-apart']);
    assert.deepEqual(
      guarantees.filter(({ id }) => !covered.has(id)),
      [],
    );
  });

  it('do not hide the workspace from who works in it', () => {
    const facts = soundFacts();
    facts.attempts['/workspace'] = 'ok';
    for (const changes of [{ hidesWorkspace: false }, { principal: 'runner' as const }]) {
      const { results } = evaluateFacts(facts, { ...askedOfAgent(), ...changes });
      assert.ok(!results.some(({ id }) => id === 'workspace-hidden'));
    }
  });

  it('are recorded without what a terminal would obey', () => {
    const test = judge(attempt('tcp4', '\u001b[2J'));
    const record = JSON.stringify(toSelfTestRecord(test, 'default'));
    assert.ok(!record.includes('\\u001b'), record);
    assert.match(record, /"network","status":"failed"/);
  });

  it('of gVisor are what it shows, and what it leaves out is not provable there', () => {
    const facts = soundFacts();
    replace(STATUS, 'Seccomp:\t2', 'Seccomp:\t0')(facts);
    replace(STATUS, /CapAmb.*\n/, '')(facts);
    replace(MOUNTS, '/tmp rw,nosuid,nodev,noexec', '/tmp rw')(facts);
    attempt('tcp4', 'EHOSTUNREACH')(facts);
    const openOn = (runtime: string) =>
      evaluateFacts(facts, { ...askedOfAgent(), runtime })
        .results.filter(({ status }) => status !== 'proven')
        .map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(openOn('runsc'), ['mounts not-provable', 'seccomp not-provable']);
    assert.deepEqual(openOn('runc'), ['mounts failed', 'seccomp failed']);
  });

  it('of processes apart are asked of the tools, beside whom the agent runs', () => {
    const verdict = (outcome: string, runtime = 'runc') => {
      const facts = soundFacts();
      attempt('other-processes', outcome)(facts);
      const { results } = evaluateFacts(facts, { ...askedOfAgent(), principal: 'runner', runtime });
      return results.find(({ id }) => id === 'processes-apart')?.status;
    };
    assert.equal(verdict('EACCES'), 'proven');
    assert.equal(verdict('none'), 'proven');
    assert.equal(verdict('ok'), 'failed');
    assert.equal(verdict('not tried'), 'failed');
    assert.equal(verdict('ok', 'runsc'), 'not-provable');
  });
});
