import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { type PolicyCall, planCall } from '../../../src/policy/evaluate.js';
import { planProgram } from '../../../src/policy/plan-program.js';
import { type CommandRuleInput, parsePolicy } from '../../../src/policy/policy.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { toolTables } from '../../../src/policy/tools/index.js';
import type { ToolCall } from '../../../src/protocol/tools.js';

const developer = loadPreset('developer');
const run = (command: string, cwd = '', timeoutMs?: number) =>
  planCall(developer, { tool: 'run_command', input: { command, cwd, timeoutMs } });

const withRule = (rule: CommandRuleInput) =>
  parsePolicy({
    version: 1,
    name: 'test',
    files: { read: {}, write: { allowed: true } },
    commands: { tool: rule },
  });
const tool = (rule: CommandRuleInput, command: string) =>
  planCall(withRule(rule), { tool: 'run_command', input: { command, cwd: '' } });

describe('planCall', () => {
  it('takes a checked tool call as it is', () => {
    const call: ToolCall = { tool: 'list_directory', input: { path: '', depth: 1 } };
    equal(planCall(developer, call).decision.decision, 'allow');
  });

  it('gives what runs: the script as parsed, and the time', () => {
    const plan = run('git diff "a b"', '', 5000);
    equal(plan.command?.script.statements.length, 1);
    equal(plan.command?.timeoutMs, 5000);
    equal('timeoutMs' in (run('ls').command ?? {}), false);
  });

  it('runs what a shell was asked to run, without the shell', () => {
    const wrapped: [string, string][] = [
      ["bash -c 'ls -l | wc -l'", 'ls -l | wc -l'],
      ["bash -lc 'ls -l | wc -l'", 'ls -l | wc -l'],
      ["/bin/bash -l -c 'cd src; ls'", 'cd src; ls'],
      ["bash -c 'bash -c ls'", 'ls'],
    ];
    for (const [command, inner] of wrapped) {
      const plan = run(command);
      equal(plan.decision.decision, 'allow');
      deepEqual(plan.command?.script, run(inner).command?.script);
    }
    const denied = run("bash -c 'ls; frobnicate'");
    deepEqual(pick(denied), ['deny', 'default-deny', false]);
    ok(denied.decision.reason.startsWith('in the script of bash: '), denied.decision.reason);
    // Who allows bash means bash.
    const own = parsePolicy({
      version: 1,
      name: 'own',
      files: { read: {}, write: { allowed: true } },
      commands: { bash: {} },
    });
    const plan = planCall(own, { tool: 'run_command', input: { command: "bash -c 'frobnicate'", cwd: '' } });
    equal(plan.decision.rule, 'bash');
  });

  it('denies by default', () => {
    deepEqual(pick(run('unknown-program x')), ['deny', 'default-deny', false]);
    // A caller that skipped the boundary gets no further.
    const stray: PolicyCall = JSON.parse('{"tool":"other","input":{}}');
    deepEqual(pick(planCall(developer, stray)), ['deny', 'default-deny', false]);
  });

  it('judges paths from the working directory', () => {
    equal(run('cat ../a', 'src').decision.decision, 'allow');
    equal(run('cat ../../a', 'src').decision.rule, 'cat.path');
    equal(run('cat ../../a', 'src/lib').decision.decision, 'allow');
    equal(run('ls', '/etc').decision.rule, 'command.cwd');
    equal(run('ls', '../x').decision.rule, 'command.cwd');
    equal(run('cp a hooks/x', '.git').decision.rule, 'cp.path');
  });

  const files: [string, PolicyCall['tool'], string][] = [
    ['src/a.ts', 'write_file', 'allow'],
    ['/workspace/src/a.ts', 'edit_file', 'allow'],
    ['.git/config', 'read_file', 'allow'],
    ['.git/config', 'write_file', 'deny'],
    ['.git', 'write_file', 'deny'],
    ['.GIT/hooks/x', 'edit_file', 'deny'],
    ['sub/.git/config', 'write_file', 'deny'],
    ['a/../.git/config', 'write_file', 'deny'],
    ['a\nb/.git/config', 'write_file', 'deny'],
    ['.gitignore', 'write_file', 'allow'],
    ['/etc/passwd', 'read_file', 'deny'],
    ['../x', 'write_file', 'deny'],
    ['..', 'list_directory', 'deny'],
    ['', 'search', 'allow'],
    ['/workspace2/x', 'read_file', 'deny'],
  ];
  for (const [path, name, expected] of files) {
    it(`${expected === 'allow' ? 'allows' : 'denies'} ${name} ${JSON.stringify(path)}`, () => {
      if (name === 'run_command') throw new Error('not a file tool');
      equal(planCall(developer, { tool: name, input: { path } }).decision.decision, expected);
    });
  }

  it('denies files that may not be read to reading and editing tools', () => {
    const policy = parsePolicy({
      ...developer,
      files: { ...developer.files, read: { denied: ['**/*.pem'] } },
    });
    for (const name of ['read_file', 'search', 'edit_file'] as const) {
      equal(planCall(policy, { tool: name, input: { path: 'a/k.pem' } }).decision.rule, 'file.read');
    }
  });

  it('never shows control characters in a reason', () => {
    ok(!run("'\u202e\u001b[31m' x").decision.reason.includes('\u001b'));
    ok(!run("cat '/\u001b[31m'").decision.reason.includes('\u001b'));
  });

  it('is deterministic, and never throws', () => {
    const call: fc.Arbitrary<PolicyCall> = fc.record({
      tool: fc.constant('run_command' as const),
      input: fc.record({
        command: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .tuple(fc.constantFrom('git', 'sort', 'find', 'node', 'python'), fc.array(fc.string()))
            .map(([p, a]) => [p, ...a.map((word) => `'${word.replaceAll("'", '')}'`)].join(' ')),
        ),
        cwd: fc.string(),
      }),
    });
    fc.assert(
      fc.property(call, (one) =>
        deepEqual(planCall(developer, one), planCall(developer, structuredClone(one))),
      ),
      { numRuns: 3000 },
    );
  });

  it('adds to the words of a program only what the table inserts', () => {
    const args = fc.array(fc.constantFrom('--stat', 'HEAD', '--', 'src/a b', '--cached', 'x;y'));
    fc.assert(
      fc.property(args, fc.constantFrom('diff', 'log', 'show', 'add'), (rest, sub) => {
        const { argv } = planProgram(developer, { argv: ['git', sub, ...rest], assignments: {}, cwd: '' });
        if (argv === undefined) return;
        const inserted = toolTables.git?.subcommands?.[sub]?.insert ?? [];
        deepEqual(argv, ['git', sub, ...inserted, ...rest]);
      }),
    );
  });
});

describe('command rules', () => {
  it('ask needs consent and still says what would run', () => {
    const plan = tool({ decision: 'ask' }, 'tool a');
    deepEqual(pick(plan), ['ask', 'tool', true]);
  });

  const cases: [CommandRuleInput, string, string][] = [
    [{ forbiddenFlags: ['-f'] }, 'tool -rf', 'tool.flag'],
    [{ forbiddenFlags: ['--force'] }, 'tool --force=yes', 'tool.flag'],
    [{ forbiddenFlags: ['--force'] }, 'tool --FORCE', 'tool.flag'],
    [{ forbiddenFlags: ['--force'] }, 'tool --forc', 'tool.flag'],
    [{ forbiddenFlags: ['--force'] }, 'tool -force', 'tool.flag'],
    [{ forbiddenFlags: ['--force'] }, 'tool --forced', 'tool'],
    [{ allowedFlags: ['-a'] }, 'tool -a', 'tool'],
    [{ allowedFlags: ['-a'] }, 'tool -20', 'tool.flag'],
    [{ allowedFlags: ['-a'] }, 'tool -ab', 'tool.flag'],
    [{ forbiddenArgs: ['bad'] }, 'tool x bad', 'tool.argument'],
    [{ maxArgs: 2 }, 'tool 1 2', 'tool'],
    [{ maxArgs: 2 }, 'tool 1 2 3', 'tool.count'],
    [{ maxOperands: 1 }, 'tool -a -b 1 2', 'tool.count'],
    [{ requireFirst: ['-m', '<file>'] }, 'tool x', 'tool'],
    [{ requireFirst: ['-m', '<file>'] }, "tool ''", 'tool.first'],
    [{ requireFirst: ['-m'] }, 'tool', 'tool.first'],
    [{ subcommands: ['a'] }, 'tool a', 'tool'],
    [{ subcommands: ['a'] }, 'tool -x a', 'tool.subcommand'],
    [{ subcommands: { a: {} } }, 'tool b', 'tool.subcommand'],
    [{}, 'tool -I/etc', 'tool.path'],
    [{}, 'tool -I../x', 'tool.path'],
    [{}, 'tool -Isrc/x', 'tool.path'],
    [{}, 'tool -xf/etc', 'tool.path'],
    [{}, 'tool --in=/etc', 'tool.path'],
    [{}, 'tool --in=../x', 'tool.path'],
    [{}, 'tool --in=/workspace/x', 'tool'],
    [{}, 'tool /etc/x', 'tool.path'],
    [{ pathArguments: 'any' }, 'tool /etc -I/etc --x=/etc', 'tool'],
  ];
  for (const [rule, command, expected] of cases) {
    it(`${command} under ${JSON.stringify(rule)} → ${expected}`, () => {
      const { decision } = tool(rule, command);
      equal(decision.rule, expected);
      equal(
        decision.decision,
        /\.(flag|path|count|argument|first|subcommand)$/.test(expected) ? 'deny' : 'allow',
      );
    });
  }
});

function pick(plan: ReturnType<typeof planCall>): [string, string, boolean] {
  return [plan.decision.decision, plan.decision.rule, plan.command !== undefined];
}
