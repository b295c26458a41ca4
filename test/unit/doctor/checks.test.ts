import assert from 'node:assert/strict';
import type { Check, Verdict } from '../../../src/doctor/check.js';
import { checks } from '../../../src/doctor/checks/index.js';
import type { Facts, Space } from '../../../src/doctor/facts.js';
import type { EngineDetails } from '../../../src/sandbox/engine.js';
import type { OverlayBlockerName } from '../../../src/workspace/view/strategy.js';
import { healthy, healthyEngine, judgeEngine, unreached } from './healthy.js';

const MB = 1024 * 1024;

function find(id: string): Check {
  const check = checks.find((candidate) => candidate.id === id);
  assert.ok(check, id);
  return check;
}

function expect(verdict: Verdict, status: Verdict['status'], text: RegExp): void {
  assert.equal(verdict.status, status, verdict.reason);
  assert.match(verdict.status === 'ok' ? verdict.reason : `${verdict.reason} ${verdict.fix}`, text);
}

describe('every check of the doctor', () => {
  it('has an id and a title of its own', () => {
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
    assert.equal(new Set(checks.map(({ title }) => title)).size, checks.length);
  });

  for (const check of checks) {
    it(`has nothing against a healthy machine: ${check.id}`, () => {
      assert.equal(check.judge(healthy).status, 'ok', check.judge(healthy).reason);
    });
  }

  it('says of a machine without an engine what fails, and of the rest that it is not known', () => {
    const found = new Map(checks.map((check) => [check.id, check.judge(unreached)]));
    expect(found.get('engine') as Verdict, 'fail', /No container engine answers.*Start Docker/);
    const others = ['engine', 'workspace', 'disk-state'];
    for (const [id, verdict] of found)
      if (!others.includes(id)) expect(verdict, 'unknown', /engine.*(reached|virtual machine)/);
  });
});

describe('what the engine says', () => {
  const cases: [string, Partial<EngineDetails>, Verdict['status'], RegExp][] = [
    ['version', { apiVersion: '1.40', version: '19.03.1' }, 'fail', /1\.40.*1\.41.*Update/],
    ['version', { apiVersion: 'garbage' }, 'fail', /garbage/],
    ['version', { apiVersion: '1.41' }, 'ok', /1\.41/],
    ['runtimes', { defaultRuntime: '' }, 'unknown', /io\.containerd\.runc\.v2, runc/],
    ['runtimes', { runtimes: [] }, 'unknown', /empty/],
    ['runtimes', { defaultRuntime: 'runsc', runtimes: ['runsc'] }, 'warn', /gVisor.*"copy"/],
    ['gvisor', { runtimes: ['runc', 'runsc', 'runsc-kvm'] }, 'ok', /registered as runsc, runsc-kvm/],
    ['gvisor', {}, 'ok', /not registered/],
    ['storage-driver', { storageDriver: 'vfs' }, 'warn', /copies the whole image.*overlay2/],
    ['storage-driver', { storageDriver: 'devicemapper' }, 'warn', /devicemapper.*not tried/],
    ['storage-driver', { storageDriver: '' }, 'unknown', /does not say/],
    ['storage-driver', { storageDriver: 'btrfs', backingFileSystem: undefined }, 'ok', /btrfs/],
    ['cgroup', { cgroupVersion: '1' }, 'warn', /Version 1.*unified_cgroup_hierarchy/],
    ['cgroup', { missingLimits: ['memory'] }, 'fail', /cannot limit memory.*Enable/],
    ['cgroup', { missingLimits: ['memory'], rootless: true }, 'fail', /Delegate/],
    ['seccomp', { seccomp: false, securityOptions: [] }, 'fail', /no seccomp/],
    ['seccomp', { securityOptions: ['name=seccomp,profile=unconfined'] }, 'fail', /filter nothing/],
    ['seccomp', { securityOptions: ['name=seccomp,profile=/etc/mine.json'] }, 'warn', /mine\.json/],
    ['seccomp', { securityOptions: ['name=seccomp,profile=default'] }, 'ok', /profile/],
    ['security-module', { securityOptions: ['name=seccomp'] }, 'warn', /neither.*AppArmor/],
    ['security-module', { securityOptions: ['name=selinux'] }, 'ok', /SELinux/],
    ['userns', { rootless: true }, 'ok', /rootless/],
    ['userns', { securityOptions: ['name=userns'] }, 'warn', /userns-remap.*"copy"/],
    ['userns', {}, 'ok', /not shifted/],
  ];
  for (const [id, changes, status, text] of cases) {
    it(`${id} is ${status} with ${JSON.stringify(changes)}`, () =>
      expect(judgeEngine(find(id), changes), status, text));
  }
});

describe('what the machine has', () => {
  const space = (megabytes: number): { kind: 'known'; value: Space } => ({
    kind: 'known',
    value: { dir: '/d', freeBytes: megabytes * MB },
  });
  const blocked = (...names: OverlayBlockerName[]): Partial<Facts> => ({
    overlayBlockers: { kind: 'known', value: names.map((name) => ({ name, reason: `because of ${name}` })) },
  });
  const images = (base: boolean, sandbox: boolean, from: boolean): Partial<Facts> => ({
    images: {
      kind: 'known',
      value: {
        base: { tag: 'b:1', present: base },
        sandbox: { tag: 's:1', present: sandbox },
        from: { reference: 'node:24', present: from },
      },
    },
  });
  const lost = { kind: 'unknown', reason: 'permission denied' } as const;
  const cases: [string, string, Partial<Facts>, Verdict['status'], RegExp][] = [
    ['disk-state', 'none', { stateSpace: space(100) }, 'fail', /100 MB are free at \/d.*1\.0 GB/],
    ['disk-state', 'little', { stateSpace: space(1100) }, 'warn', /1\.1 GB.*may not fit/],
    ['disk-state', 'no folder', { stateSpace: lost }, 'fail', /permission denied.*writable/],
    ['disk-engine', 'none', { engineSpace: space(500) }, 'fail', /500 MB/],
    ['disk-engine', 'little', { engineSpace: space(2048) }, 'warn', /2\.0 GB/],
    ['disk-engine', 'on another machine', { engineSpace: undefined }, 'unknown', /another machine/],
    ['disk-engine', 'not readable', { engineSpace: lost }, 'unknown', /permission denied/],
    ['workspace', 'none', { workspace: { kind: 'none' } }, 'ok', /No folder is open/],
    [
      'workspace',
      'unsuitable',
      { workspace: { kind: 'unsuitable', what: 'It holds your home.', nextStep: 'Open another.' } },
      'fail',
      /holds your home\. Open another/,
    ],
    ['overlay', 'none wanted', { workspace: { kind: 'none' } }, 'ok', /a folder that you own/],
    ['overlay', 'root', blocked('root-owned', 'path-length'), 'warn', /root-owned; because.*chown.*shorter/],
    ['overlay', 'file system', blocked('state-file-system'), 'warn', /ext4/],
    ['overlay', 'rootless', blocked('engine-rootless'), 'warn', /rootless/],
    ['overlay', 'runtime', blocked('runtime'), 'warn', /runc/],
    ['overlay', 'remote, no Linux', blocked('platform', 'engine-remote'), 'warn', /Nothing needs to be done/],
    ['overlay', 'not known', { overlayBlockers: lost }, 'unknown', /permission denied/],
    ['image', 'not built', images(false, false, false), 'warn', /Neither s:1 nor its base b:1/],
    ['image', 'only the base', images(true, false, false), 'warn', /s:1 is not built yet.*b:1 is there/],
    ['image', 'without its base', images(false, true, false), 'ok', /b:1 is gone/],
    ['image', 'not known', { images: lost }, 'unknown', /permission denied/],
    ['registry', 'to pull from', images(false, false, false), 'warn', /node:24 is not there.*pulls it/],
    ['registry', 'for packages', images(false, false, true), 'warn', /node:24 is there, but/],
    ['registry', 'not known', { images: lost }, 'unknown', /permission denied/],
  ];
  for (const [id, name, facts, status, text] of cases)
    it(`${id} is ${status}: ${name}`, () => expect(find(id).judge({ ...healthy, ...facts }), status, text));
});

describe('known vulnerabilities', () => {
  const withRunc = (version: string, build = '') => ({
    components: [...healthyEngine.components.slice(0, 2), { name: 'runc', version, build }],
  });

  it('of upstream runc by which an agent might leave its sandbox are a failure with the version that has the fix', () => {
    const verdict = judgeEngine(find('cve-runc'), withRunc('1.1.11'));
    expect(verdict, 'fail', /leave its sandbox.*Update runc to 1\.3\.6 or newer/);
    assert.ok(
      verdict.details?.some((line) => /CVE-2024-21626 \(high, fixed in 1\.1\.12\).*https:/.test(line)),
    );
    assert.ok(verdict.details?.some((line) => /CVE-2025-31133 \(high, fixed in 1\.2\.8\)/.test(line)));
    assert.match(verdict.details?.at(-1) ?? '', /\(low/);
  });

  it('of a distribution are a warning that its fixes may be in', () => {
    const verdict = judgeEngine(find('cve-runc'), withRunc('1.1.5+ds1', '1.1.5+ds1-1+deb12u1'));
    expect(verdict, 'warn', /suffix "\+ds1".*distribution.*Look up 1\.1\.5\+ds1-1\+deb12u1/);
    const commit = judgeEngine(find('cve-runc'), withRunc('1.1.5+ds1', '5d6db84'));
    expect(commit, 'warn', /Look up 1\.1\.5\+ds1 in/);
  });

  it('that only serve other uses of the engine are a warning', () => {
    const verdict = judgeEngine(find('cve-engine'), {
      components: [{ name: 'Engine', version: '29.5.0', build: '' }],
    });
    expect(verdict, 'warn', /other containers of yours may.*29\.7\.0/);
    assert.deepEqual(
      verdict.details?.map((line) => line.split(' ')[0]),
      ['CVE-2026-41567', 'CVE-2026-41568', 'CVE-2026-42306', 'CVE-2026-17106'],
    );
  });

  it('of the kernel, which the engine only guards, are a warning', () => {
    const engine = { components: [{ name: 'Engine', version: '29.4.2', build: '' }] };
    const verdict = judgeEngine(find('cve-engine'), engine);
    expect(verdict, 'warn', /depends on the machine's kernel/);
    assert.ok(
      verdict.details?.some((line) => /CVE-2026-31431 \(high, guarded against from 29\.4\.3\)/.test(line)),
    );
  });

  it('are not known of a part that the engine does not name, or whose version cannot be read', () => {
    expect(judgeEngine(find('cve-runc'), { components: [] }), 'unknown', /names no runc/);
    expect(judgeEngine(find('cve-runc'), withRunc('main')), 'unknown', /cannot be read \(main\)/);
  });

  it('of containerd: of a fixed version there is none, of an older one there is', () => {
    const containerd = (version: string) => ({ components: [{ name: 'containerd', version, build: '' }] });
    expect(judgeEngine(find('cve-containerd'), containerd('v2.3.6')), 'ok', /None of the \d+/);
    expect(judgeEngine(find('cve-containerd'), containerd('v2.1.4')), 'warn', /2\.1\.9/);
  });
});
