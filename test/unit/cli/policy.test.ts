import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { AirlockError } from '../../../src/base/errors.js';
import { explainLine } from '../../../src/cli/explain.js';
import { runPolicy } from '../../../src/cli/policy.js';
import { parsePolicyOptions } from '../../../src/cli/policy-options.js';
import { loadPreset } from '../../../src/policy/presets/index.js';

const MANY_LINES = 40_000;

describe('airlock policy', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-policy-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  async function call(args: readonly string[], input: Iterable<string | Buffer> = []) {
    const stdout = new PassThrough();
    const output = text(stdout);
    const io = { stdin: Readable.from(input, { objectMode: false }), stdout, stateDir: dir };
    const status = await runPolicy(parsePolicyOptions(args), io);
    stdout.end();
    return { status, output: await output };
  }
  async function file(name: string, content: string): Promise<string> {
    await writeFile(join(dir, name), content);
    return join(dir, name);
  }
  async function judge(args: readonly string[], input: Iterable<string | Buffer>) {
    const { output } = await call(['explain', '--stdin', ...args], input);
    return output
      .trimEnd()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { decision: string; rule: string; reason: string; commands: unknown[] },
      );
  }

  it('answers every line in its order, whatever it is', async () => {
    const long = `{"command":"${'x'.repeat(1024 * 1024)}"}`;
    const input = [
      '{"command":"git status | wc -l"}',
      'nonsense',
      '{"command":7}',
      '[]',
      long,
      '{"argv":["ls","-l"],"env":{"LD_PRELOAD":"x"},"cwd":""}',
      '{"argv":["ls"],"cwd":"/workspace/src"}',
      '{"argv":["ls"],"cwd":"/etc"}',
      '{"argv":[]}',
      '{"command":"frobnicate"}',
    ];
    const answers = await judge([], [`${input.join('\r\n')}`]);
    deepEqual(
      answers.map(({ decision, rule }) => [decision, rule]),
      [
        ['allow', 'git.status, wc'],
        ['deny', 'input'],
        ['deny', 'input'],
        ['deny', 'input'],
        ['deny', 'input'],
        ['deny', 'command.assignment'],
        ['allow', 'ls'],
        ['deny', 'command.cwd'],
        ['deny', 'command.program'],
        ['deny', 'default-deny'],
      ],
    );
    deepEqual(answers[0]?.commands.length, 2);
    for (const { reason } of answers) ok(reason.length > 0);
  });

  it('joins characters and lines that come in pieces', async () => {
    const bytes = Buffer.from('{"command":"echo ü"}\n{"command":"ls"}\n');
    const answers = await judge(
      [],
      [...bytes].map((byte) => Buffer.from([byte])),
    );
    deepEqual(
      answers.map(({ decision }) => decision),
      ['allow', 'allow'],
    );
  });

  it('survives a line without an end', async () => {
    const part = Buffer.alloc(512 * 1024, 'a');
    const answers = await judge([], [...Array.from({ length: 64 }, () => part), '\n{"command":"ls"}']);
    deepEqual(
      answers.map(({ rule }) => rule),
      ['input', 'ls'],
    );
  });

  it('judges many lines, each once and in their order', async () => {
    const commands = ['git status', 'ls -la src', 'npm test', 'cat a.txt', 'rm -rf /', 'grep -rn x src'];
    const expected = ['allow', 'allow', 'allow', 'allow', 'deny', 'allow'];
    const lines = Array.from(
      { length: MANY_LINES },
      (_, index) => `{"command":"${commands[index % commands.length]}"}\n`,
    );
    const begun = process.cpuUsage();
    const answers = await judge([], [lines.join('')]);
    const { user, system } = process.cpuUsage(begun);
    console.log(
      `      ${Math.round((MANY_LINES / (user + system)) * 1e6)} lines per second of processor time`,
    );
    deepEqual(
      answers.map(({ decision }) => decision),
      lines.map((_, index) => expected[index % expected.length]),
    );
  });

  it('explains one command to people', async () => {
    const { status, output } = await call(['explain', '--command', 'ls && frobnicate \u202e']);
    equal(status, 0);
    match(output, /^allow {2}ls\n/);
    match(output, /default-deny/);
    ok(!output.includes('\u202e'));
  });

  it('takes a whole policy, a list of tools, or a part that tightens', async () => {
    const list = await file('list.json', '{"git":{"allowed_commands":["status"],"forbidden_flags":["-f"]}}');
    const part = await file('part.jsonc', '{ // no git\n "commands": { "git": false, },\n}');
    const whole = await file('whole.json', JSON.stringify(loadPreset('read-only')));
    const decide = async (policy: string, command: string) =>
      (await judge(['--policy', policy], [JSON.stringify({ command })]))[0]?.decision;
    equal(await decide(list, 'git status'), 'allow');
    equal(await decide(list, 'ls'), 'deny');
    equal(await decide(part, 'git status'), 'deny');
    equal(await decide(part, 'ls'), 'allow');
    equal(await decide(whole, 'ls'), 'allow');
    equal(await decide(whole, 'rm a'), 'deny');
  });

  it('lints with line and column', async () => {
    const loose = await file(
      'loose.jsonc',
      '{\n  "commands": {\n    "frob": {},\n    "ls": { "maxArgs": 999 }\n  }\n}',
    );
    const { status, output } = await call(['lint', loose]);
    equal(status, 1);
    deepEqual(
      output
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(loose, '').split(': ')[0]),
      [':3:5', ':4:13'],
    );
    const clean = await file('clean.jsonc', '{"commands":{"rm":false}}');
    deepEqual(await call(['lint', clean]), { status: 0, output: '' });
    for (const [name, content, where] of [
      ['syntax', '{\n "commands": ]', ':2:14'],
      ['unknown', '{"comands": {}, "commands": {}}', ':1:2'],
      ['twice', '{"commands": {},\n "commands": {}}', ':2:2'],
      ['prototype', '{"commands": {"__proto__": {}}}', ':1:15'],
      ['deep', '['.repeat(60_000), ':1:33'],
      ['large', ' '.repeat(70_000), ':1:1'],
    ] as const) {
      const wrong = await call(['lint', await file(`${name}.jsonc`, content)]);
      equal(wrong.status, 1, name);
      ok(wrong.output.includes(where), `${name}: ${wrong.output}`);
    }
  });

  it('refuses options that are none, and policies that cannot be used', async () => {
    for (const args of [
      [],
      ['explain'],
      ['explain', '--stdin', '--command', 'x'],
      ['lint'],
      ['review', '--last', '0'],
      ['x'],
    ])
      throws(
        () => parsePolicyOptions(args),
        (error: unknown) => error instanceof AirlockError && error.code === 'usage',
      );
    const broken = await file('broken.json', '{"version": 1, "name": "x"}');
    await rejects(call(['explain', '--policy', broken, '--command', 'ls']), /policy in .* cannot be used/);
  });

  it('never throws for a line', () => {
    for (const line of ['', 'null', '{"argv":["\\u0000"]}', '{"command":"\\u0000"}', '{"__proto__":1}'])
      equal(explainLine(loadPreset('developer'), line).decision, 'deny', line);
  });
});
