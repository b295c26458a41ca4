import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipePool } from '../../../src/guest/process/pipe-pool.js';
import { ProcessTree } from '../../../src/guest/process/process-tree.js';
import { buildEnvironment } from '../../../src/guest/tool-proxy/environment.js';
import { runScript } from '../../../src/guest/tool-proxy/shell/run-script.js';
import { parsePolicy } from '../../../src/policy/policy.js';
import { unrestrictedInSandbox } from '../../../src/policy/presets/unrestricted-in-sandbox.js';
import { parseScript } from '../../../src/policy/shell/parse.js';
import type { Difference, DriverReport, Outcome } from './report.js';

// Runs programs of the subset twice, by our interpreter and by bash, each in a fresh folder of the same content.

const CASE_MS = 20_000;
const OUTPUT_BYTES = 64 * 1024 * 1024;
/** Of another number of words and without an `a`: the generated programs count the ones and look for the other. */
const OTHER_NAME = 'some other one';
const AT_ONCE = 2;
const tree = new ProcessTree(false);
const pipes = new PipePool();
const policy = parsePolicy(unrestrictedInSandbox);

declare global {
  /** Put in front of this program's source by whoever starts it. */
  var shellCases: readonly string[] | undefined;
}

async function main(): Promise<void> {
  const cases = [...(globalThis.shellCases ?? [])].reverse();
  const differences: Difference[] = [];
  const refused: string[] = [];
  const unstable: string[] = [];
  let ran = 0;
  const work = async () => {
    for (let text = cases.pop(); text !== undefined; text = cases.pop()) {
      const parsed = parseScript(text);
      if (!parsed.ok) {
        refused.push(`${parsed.reason} at ${parsed.offset}: ${text}`);
        continue;
      }
      ran += 1;
      const [ours, theirs] = await Promise.all([
        inFolder((folder) => runOurs(folder, text)),
        inFolder((folder) => runBash(folder, text, 'bash')),
      ]);
      if (areSame(ours, theirs)) continue;
      // What bash itself does not do twice, or what hangs on the name that it gives itself in messages, says nothing.
      const again = await inFolder((folder) => runBash(folder, text, OTHER_NAME));
      if (areSame(theirs, again)) differences.push({ text, ours, theirs });
      else unstable.push(text);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const report: DriverReport = { ran, refused, unstable, differences };
  process.stdout.write(JSON.stringify(report));
}

type Ran = Omit<Outcome, 'files'>;

async function inFolder(run: (folder: string) => Promise<Ran>): Promise<Outcome> {
  const top = mkdtempSync(join(tmpdir(), 'case-'));
  const folder = join(top, 'workspace');
  try {
    mkdirSync(folder);
    fill(folder);
    const { stdout, stderr, status } = await run(folder);
    const show = (text: string) => withoutWho(text.replaceAll(folder, '/folder'));
    return { stdout: show(stdout), stderr: show(stderr), status, files: listFiles(folder, '').map(show) };
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

async function runOurs(folder: string, text: string): Promise<Ran> {
  const parsed = parseScript(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  const output = { stdout: '', stderr: '' };
  const { end, denied } = await runScript(
    {
      strategy: 'copy',
      workspace: folder,
      upperDir: '',
      commandMs: CASE_MS,
      outputBytes: OUTPUT_BYTES,
      policy: async () => policy,
      tree,
      pipes,
    },
    parsed.script,
    { cwd: '', timeoutMs: CASE_MS, asked: false },
    new AbortController().signal,
    (stream, chunk) => {
      output[stream] += chunk;
    },
  );
  if (denied !== undefined) return { ...output, status: `denied: ${denied.reason}` };
  if (end.reason === 'spawn-failed')
    return { ...output, status: /Permission|EACCES|Is a directory/.test(output.stderr) ? 126 : 127 };
  if (end.reason !== 'exited') return { ...output, status: end.reason };
  return { ...output, status: end.exitCode ?? 128 + numberOf(end.signal) };
}

function runBash(folder: string, text: string, name: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      '/bin/bash',
      ['--norc', '-c', text, name],
      { cwd: folder, env: buildEnvironment(), timeout: CASE_MS, maxBuffer: OUTPUT_BYTES },
      (error, stdout, stderr) => {
        const { code, signal } = { code: null, signal: null, ...error };
        const status = error === null ? 0 : typeof code === 'number' ? code : 128 + numberOf(signal);
        resolve({ stdout, stderr, status });
      },
    );
    child.stdin?.end();
  });
}

function numberOf(signal: unknown): number {
  return Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
}

/** The words of messages differ; that there is one may not. */
function areSame(ours: Outcome, theirs: Outcome): boolean {
  return (
    ours.stdout === theirs.stdout &&
    (ours.stderr === '') === (theirs.stderr === '') &&
    ours.status === theirs.status &&
    ours.files.join('\n') === theirs.files.join('\n')
  );
}

/** Without who speaks, and without what a shell says of a killed program: bash need not outlive its last one. */
function withoutWho(text: string): string {
  return text
    .replace(/^(?:[\w ]+: line \d+: +\d+ )?(?:Killed|Terminated|Hangup)\b.*\n/gm, '')
    .replaceAll(/\b(?:bash|some other one): line \d+: /g, '');
}

function fill(folder: string): void {
  for (const name of ['dir/sub', 'empty', 'Dir2']) mkdirSync(join(folder, name), { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'a.txt': 'alpha\nbeta\ngamma\n',
    'b.txt': 'one two  three\n\n',
    'c.md': '# title\ntext *\n',
    'sp ace.txt': 'spaced\n',
    '.hidden': 'h\n',
    'é.txt': 'accent\n',
    '😀': '',
    '[x]': 'bracket\n',
    'A.TXT': 'upper\n',
    '1': '1\n',
    '2': '2\n',
    '10': '10\n',
    'dir/x.txt': 'x\n',
    'dir/y.log': 'y\n',
    'dir/.dot': '',
    'dir/sub/z.txt': 'z z\n',
    'Dir2/x.txt': 'X\n',
    'no-newline': 'tail',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  symlinkSync('dir', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('a.txt', join(folder, 'to-a'));
}

function listFiles(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return [`${path}/`, ...listFiles(folder, path)];
      if (entry.isSymbolicLink()) return [`${path} -> ${readlinkSync(join(folder, path))}`];
      return [`${path}: ${JSON.stringify(readFileSync(join(folder, path), 'latin1'))}`];
    });
}

void main();
