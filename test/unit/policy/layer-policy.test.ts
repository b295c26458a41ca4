import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { planCall } from '../../../src/policy/evaluate.js';
import { layerPolicy } from '../../../src/policy/layer-policy.js';
import { type Policy, parsePolicy } from '../../../src/policy/policy.js';
import { type PolicyFragment, policyFragment } from '../../../src/policy/policy-fragment.js';
import { loadPreset, presetNames } from '../../../src/policy/presets/index.js';

const developer = loadPreset('developer');

function decide(policy: Policy, command: string): string {
  return planCall(policy, { tool: 'run_command', input: { command, cwd: '' } }).decision.decision;
}

function tighten(base: Policy, fragment: unknown) {
  return layerPolicy({ base, workspace: policyFragment.parse(fragment) });
}

describe('a part of the user', () => {
  const override = (fragment: unknown) =>
    layerPolicy({ base: developer, user: policyFragment.parse(fragment) }).policy;

  it('may allow what the preset does not, and take away what it does', () => {
    equal(decide(developer, 'frobnicate x'), 'deny');
    equal(decide(override({ commands: { frobnicate: { decision: 'ask' } } }), 'frobnicate x'), 'ask');
    equal(decide(override({ commands: { frobnicate: {} } }), 'frobnicate x'), 'allow');
    equal(decide(override({ commands: { git: false } }), 'git status'), 'deny');
  });

  it('changes one sub-command and leaves the others', () => {
    const policy = override({
      commands: { git: { subcommands: { commit: { decision: 'ask' }, add: false } } },
    });
    equal(decide(policy, 'git commit -m x'), 'ask');
    equal(decide(policy, 'git add a'), 'deny');
    equal(decide(policy, 'git status'), 'allow');
  });

  it('adds to what is kept out: the files that run by themselves stay', () => {
    const { denied } = override({ files: { write: { denied: ['x'] } } }).files.write;
    deepEqual(denied, [...developer.files.write.denied, 'x']);
  });
});

describe('a part of the workspace', () => {
  it('takes away and narrows', () => {
    const { policy, diagnostics } = tighten(developer, {
      files: { read: { denied: ['secret/**'] }, write: { allowed: false } },
      commands: { rm: false, git: { subcommands: ['status', 'diff'] }, npm: { decision: 'ask' } },
      assignments: { CI: false, NODE_ENV: ['test'] },
    });
    deepEqual(diagnostics, []);
    for (const command of ['rm a', 'git commit -m x', 'cat secret/a', 'CI=1 ls', 'NODE_ENV=production ls'])
      equal(decide(policy, command), 'deny', command);
    equal(decide(policy, 'git status'), 'allow');
    equal(decide(policy, 'NODE_ENV=test ls'), 'allow');
    equal(decide(policy, 'npm test'), 'ask');
  });

  it('also takes away a local installation of the program', () => {
    const base = { ...developer, workspacePrograms: 'allow' as const };
    equal(decide(base, 'node_modules/.bin/tsc --noEmit'), 'allow');
    const { policy } = tighten(base, { commands: { tsc: false } });
    equal(decide(policy, 'node_modules/.bin/tsc --noEmit'), 'deny');
    const loose = parsePolicy({ ...base, commands: { frob: {} } });
    equal(decide(loose, 'node_modules/.bin/frob'), 'allow');
    equal(decide(tighten(loose, { commands: { frob: false } }).policy, 'node_modules/.bin/frob'), 'deny');
  });

  const loosening: [string, unknown, (string | number)[]][] = [
    ['a new program', { commands: { frobnicate: {} } }, ['commands', 'frobnicate']],
    [
      'a new sub-command',
      { commands: { git: { subcommands: ['status', 'daemon'] } } },
      ['commands', 'git', 'subcommands', 1],
    ],
    ['more arguments', { commands: { ls: { maxArgs: 900 } } }, ['commands', 'ls', 'maxArgs']],
    ['a longer time', { commands: { ls: { timeoutMs: 3_600_000 } } }, ['commands', 'ls', 'timeoutMs']],
    ['paths elsewhere', { commands: { ls: { pathArguments: 'any' } } }, ['commands', 'ls', 'pathArguments']],
    [
      'a variable for a program',
      { commands: { git: { environment: { GIT_SSH_COMMAND: 'x' } } } },
      ['commands', 'git', 'environment', 'GIT_SSH_COMMAND'],
    ],
    ['a variable for a command', { assignments: { LD_PRELOAD: 'any' } }, ['assignments', 'LD_PRELOAD']],
    ['another value', { assignments: { PAGER: ['cat', 'sh'] } }, ['assignments', 'PAGER', 1]],
    ['every program', { anyCommand: true }, ['anyCommand']],
    ['programs of the workspace', { workspacePrograms: 'allow' }, ['workspacePrograms']],
  ];
  for (const [what, fragment, path] of loosening) {
    it(`cannot give ${what}: the line is reported and ignored`, () => {
      const { policy, diagnostics } = tighten(developer, fragment);
      deepEqual(
        diagnostics.map((item) => item.path),
        [path],
      );
      const { commands, assignments, ...rest } = policy;
      const { commands: _, assignments: __, ...base } = developer;
      deepEqual(rest, base);
    });
  }

  it('cannot allow what the preset forbids or asks', () => {
    const base = parsePolicy({
      ...developer,
      files: { read: {}, write: { allowed: false } },
      approvals: 'once',
      commands: { ls: { decision: 'ask', allowedFlags: ['-l'] } },
    });
    const { policy, diagnostics } = tighten(base, {
      files: { write: { allowed: true } },
      approvals: 'workspace',
      commands: { ls: { decision: 'allow', allowedFlags: ['-l', '-a'] } },
    });
    deepEqual(policy, base);
    equal(diagnostics.length, 4);
  });

  it('can make a list out of "every program"', () => {
    const { policy } = tighten(loadPreset('unrestricted-in-sandbox'), {
      anyCommand: false,
      commands: { ls: {} },
    });
    equal(decide(policy, 'ls'), 'allow');
    equal(decide(policy, 'curl x'), 'deny');
    const [found] = tighten(loadPreset('unrestricted-in-sandbox'), { commands: { rm: false } }).diagnostics;
    match(found?.message ?? '', /no effect/);
  });

  it('cannot add up to more than a policy holds', () => {
    const globs = (from: number) => Array.from({ length: 400 }, (_, index) => `f${from + index}`);
    const base = parsePolicy({ ...developer, files: { ...developer.files, read: { denied: globs(0) } } });
    throws(() => tighten(base, { files: { read: { denied: globs(1000) } } }), /do not fit together/);
  });
});

const programs = ['git', 'npm', 'node', 'ls', 'rm', 'cat', 'tsc', 'sed', 'xargs', 'frob'];
const subs = [
  'status',
  'diff',
  'commit',
  'add',
  'log',
  'test',
  'run',
  'install',
  'remote',
  'stash',
  'daemon',
];
const flags = ['-m', '--all', '-f', '--force', '-l', '--output', '-n', '-v', '--amend', '-rf'];
const variables = ['CI', 'NODE_ENV', 'PAGER', 'PYTHONPATH', 'NODE_OPTIONS', 'LD_PRELOAD'];
const values = [
  '1',
  'cat',
  'sh',
  'src',
  '../x',
  '--max-old-space-size=#',
  '--max-old-space-size=5',
  '/workspace/a',
];

const some = (items: readonly string[]) =>
  fc.subarray([...items], { minLength: 1, maxLength: Math.min(4, items.length) });
const ruleOf = (depth: number): fc.Arbitrary<unknown> =>
  fc.record(
    {
      forbiddenFlags: some(flags),
      allowedFlags: some(flags),
      forbiddenArgs: some([...subs, 'a']),
      requireFirst: some([...subs, '<file>', '-m']),
      maxArgs: fc.integer({ min: 0, max: 6 }),
      maxOperands: fc.integer({ min: 0, max: 3 }),
      environment: fc.constant({ A: 'b' }),
      timeoutMs: fc.constantFrom(100, 200_000),
      decision: fc.constantFrom('allow', 'ask'),
      pathArguments: fc.constantFrom('workspace', 'any'),
      startsPrograms: fc.boolean(),
      ...(depth > 0 && {
        subcommands: fc.oneof(
          some(subs),
          fc.dictionary(fc.constantFrom(...subs), fc.oneof(fc.constant(false), ruleOf(depth - 1)), {
            maxKeys: 3,
          }),
        ),
      }),
    },
    { requiredKeys: [] },
  );
const fragments: fc.Arbitrary<PolicyFragment> = fc
  .record(
    {
      files: fc.record(
        {
          read: fc.record(
            { allowed: fc.boolean(), denied: some(['a', 'src/**', '**/*.ts']) },
            { requiredKeys: [] },
          ),
          write: fc.record({ allowed: fc.boolean(), denied: some(['a', 'b']) }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
      commands: fc.dictionary(fc.constantFrom(...programs), fc.oneof(fc.constant(false), ruleOf(2)), {
        maxKeys: 5,
      }),
      assignments: fc.dictionary(
        fc.constantFrom(...variables),
        fc.oneof(fc.constantFrom<unknown>(false, 'any', 'paths'), some(values)),
        { maxKeys: 3 },
      ),
      workspacePrograms: fc.constantFrom('allow', 'ask', 'deny'),
      anyCommand: fc.boolean(),
      approvals: fc.constantFrom('once', 'session', 'workspace'),
    },
    { requiredKeys: [] },
  )
  .map((value) => policyFragment.parse(value));

const word = fc.constantFrom(...subs, ...flags, 'a', 'src/b.ts', '../c', '/etc/passwd', '*', '$x', '"$(ls)"');
const program = fc.constantFrom(...programs, 'node_modules/.bin/tsc', './run', 'node_modules/.bin/frob');
const setting = fc
  .tuple(fc.constantFrom(...variables), fc.constantFrom(...values))
  .map(([name, value]) => `${name}=${value} `);
const simple = fc
  .tuple(
    fc.option(setting, { nil: '' }),
    program,
    fc.array(word, { maxLength: 4 }),
    fc.constantFrom('', ' > a', ' < b'),
  )
  .map(([set, name, words, redirect]) => `${set}${[name, ...words].join(' ')}${redirect}`);
const commandLines = fc
  .array(simple, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(' | ', ' && ', '; ', ' || ').map((join) => parts.join(join)));

const rank = { deny: 0, ask: 1, allow: 2 } as const;

describe('tightening never widens', () => {
  it('whatever the layered policy allows, the policy below allows', () => {
    let compared = 0;
    const property = fc.property(
      fc.constantFrom(...presetNames),
      fc.option(fragments, { nil: undefined }),
      fragments,
      fc.array(commandLines, { minLength: 5, maxLength: 10 }),
      (preset, user, workspace, commands) => {
        const base = loadPreset(preset);
        const below = layerPolicy({ base, user }).policy;
        const { policy } = layerPolicy({ base, user, workspace });
        for (const command of commands) {
          const call = { tool: 'run_command', input: { command, cwd: '' } } as const;
          const outer = planCall(below, call).decision;
          const inner = planCall(policy, call).decision;
          if (outer.decision !== 'deny') compared += 1;
          ok(rank[inner.decision] <= rank[outer.decision], `${command}: ${outer.reason} → ${inner.reason}`);
        }
        for (const tool of ['read_file', 'write_file'] as const) {
          const call = { tool, input: { path: 'src/b.ts' } };
          ok(rank[planCall(policy, call).decision.decision] <= rank[planCall(below, call).decision.decision]);
        }
      },
    );
    fc.assert(property, { numRuns: 1500 });
    ok(compared > 500, `only ${compared} commands were allowed to begin with`);
  });

  it('applied twice changes nothing more', () => {
    fc.assert(
      fc.property(fragments, (workspace) => {
        const once = layerPolicy({ base: developer, workspace }).policy;
        deepEqual(layerPolicy({ base: once, workspace }).policy, once);
      }),
      { numRuns: 300 },
    );
  });
});
