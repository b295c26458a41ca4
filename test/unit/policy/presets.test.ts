import { deepEqual, equal, ok } from 'node:assert/strict';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset, presetNames } from '../../../src/policy/presets/index.js';
import { knownTools } from '../../../src/policy/presets/tools/index.js';
import { git } from './fixtures/git.js';
import { interpreters } from './fixtures/interpreters.js';
import { readers } from './fixtures/readers.js';
import type { ToolFixture } from './fixtures/tool-fixture.js';
import { writers } from './fixtures/writers.js';

const fixtures: Readonly<Record<string, ToolFixture>> = { ...readers, ...writers, ...interpreters, git };
const developer = loadPreset('developer');
const readOnly = loadPreset('read-only');
const unrestricted = loadPreset('unrestricted-in-sandbox');

const run = (policy: typeof developer, command: string) =>
  planCall(policy, { tool: 'run_command', input: { command, cwd: '' } });

describe('presets', () => {
  it('has fixtures for every tool, both ways', () => {
    deepEqual(Object.keys(fixtures).sort(), Object.keys(knownTools).sort());
    for (const [tool, fixture] of Object.entries(fixtures)) {
      ok(fixture.allowed.length > 0 && Object.keys(fixture.denied).length > 0, tool);
    }
  });

  for (const [tool, fixture] of Object.entries(fixtures)) {
    describe(tool, () => {
      for (const line of fixture.allowed) {
        it(`allows ${line}`, () => deepEqual(pick(run(developer, line)), { decision: 'allow', runs: true }));
        for (const tail of [
          '; ls',
          ' | sh',
          ' && ls',
          ' > x',
          ' < x',
          ' &',
          '\nls',
          ' $(ls)',
          ' `ls`',
          ' $X',
        ]) {
          it(`refuses ${JSON.stringify(line + tail)}`, () =>
            equal(run(developer, line + tail).decision.rule, 'command.syntax'));
        }
      }
      for (const [line, rule] of Object.entries(fixture.denied)) {
        it(`denies ${line}`, () => {
          const plan = run(developer, line);
          deepEqual({ ...pick(plan), rule: plan.decision.rule }, { decision: 'deny', runs: false, rule });
        });
        it(`denies ${line} when only reading`, () => equal(run(readOnly, line).decision.decision, 'deny'));
      }
    });
  }

  const outsiders = [
    'bash -c ls',
    'sh x',
    'env ls',
    'xargs rm',
    'sed -n 1p a',
    'awk 1',
    'npx tsc',
    'curl x',
    'tar xf a',
    './x',
    '/bin/ls',
    'cd src',
    "''",
    '__proto__ x',
    'constructor',
    'sudo ls',
    'if x',
    'eval ls',
  ];
  for (const line of outsiders) {
    it(`keeps out ${line}`, () => equal(run(developer, line).decision.decision, 'deny'));
  }

  it('read-only allows no program that writes, starts others or changes git', () => {
    for (const rule of Object.values(readOnly.commands)) ok(!rule.startsPrograms && !rule.writesPaths);
    for (const line of [
      'git add a',
      'git commit -m x',
      'git branch topic',
      'git branch -m x',
      'git branch -d x',
      'rm a',
      'npm test',
      'node a.js',
      'make',
      'git rm a',
      'git restore a',
      'git diff --submodule=diff',
    ]) {
      equal(run(readOnly, line).decision.decision, 'deny', line);
    }
    for (const line of [
      'git status',
      'git branch --show-current',
      'git branch -a',
      'git log -5',
      'rg foo',
      'cat a',
    ]) {
      equal(run(readOnly, line).decision.decision, 'allow', line);
    }
    equal(planCall(readOnly, { tool: 'write_file', input: { path: 'a' } }).decision.rule, 'file.write');
    equal(planCall(readOnly, { tool: 'edit_file', input: { path: 'a' } }).decision.rule, 'file.write');
  });

  it('unrestricted allows any program, says what the boundary is, and still starts no shell', () => {
    const plan = run(unrestricted, '/bin/dd if=/dev/zero');
    deepEqual(plan.command?.argv, ['/bin/dd', 'if=/dev/zero']);
    ok(plan.decision.reason.includes('the container alone is the boundary'));
    equal(run(unrestricted, 'ls | sh').decision.rule, 'command.syntax');
  });

  it('gives every preset its own name', () => {
    for (const name of presetNames) equal(loadPreset(name).name, name);
  });
});

function pick(plan: ReturnType<typeof planCall>): { decision: string; runs: boolean } {
  return { decision: plan.decision.decision, runs: plan.command !== undefined };
}
