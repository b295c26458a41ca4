import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from './paths.mjs';
import { run, tryRun } from './run.mjs';

const FIXTURE = fromRoot('test', 'fixtures', 'sample-project');
/** The sandbox's tool user: under root the project belongs to it, as it would to an ordinary user. */
const OWNER = '1000:1000';

export const PROMPT =
  "greet('') prints 'Hello, !'. Fix it, note the change in docs/CHANGES.md and remove what nothing uses.";

/** Copies the sample project to `dir` as a git repository with one commit. @param {string} dir */
export async function createSampleProject(dir) {
  await mkdir(dir, { recursive: true });
  await cp(FIXTURE, dir, { recursive: true });
  await git(dir, 'init', '--quiet', '--initial-branch=main');
  await git(dir, 'add', '--all', '--force');
  await git(
    dir,
    '-c',
    'user.name=Airlock',
    '-c',
    'user.email=demo@localhost',
    'commit',
    '--quiet',
    '--message=Sample project',
  );
  if (process.getuid?.() === 0) await run('chown', ['-R', OWNER, dir]);
}

/** What changed since the commit, new files included. @param {string} dir */
export async function diffStat(dir) {
  await git(dir, 'add', '--all', '--intent-to-add');
  return (await git(dir, 'diff', '--stat', 'HEAD')).stdout;
}

/**
 * What is wrong with the project after the scripted model's changes were approved; empty when all is right.
 * @param {string} dir
 * @returns {Promise<string[]>}
 */
export async function verifyResult(dir) {
  /** @type {string[]} */
  const problems = [];
  const expected = (await readFile(path.join(FIXTURE, 'src/greet.js'), 'utf8')).replace('{name}', '{who}');
  if ((await readFile(path.join(dir, 'src/greet.js'), 'utf8')) !== expected)
    problems.push('src/greet.js has other bytes');
  const status = (await git(dir, 'status', '--porcelain', '--untracked-files=all')).stdout;
  const touched = status
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3))
    .sort()
    .join(' ');
  if (touched !== 'docs/CHANGES.md src/greet.js src/legacy.js')
    problems.push(`other files were touched: ${touched}`);
  if (await exists(path.join(dir, 'src/legacy.js'))) problems.push('src/legacy.js is still there');
  if (!(await exists(path.join(dir, 'docs/CHANGES.md')))) problems.push('docs/CHANGES.md is missing');
  const { code } = await runTests(dir);
  if (code !== 0) problems.push("the project's own tests fail");
  return problems;
}

/** @param {string} dir */
function runTests(dir) {
  return tryRun(process.execPath, ['--test'], { cwd: dir, timeoutMs: 60_000 });
}

/** @param {string} file */
async function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** @param {string} dir @param {...string} args */
function git(dir, ...args) {
  return run('git', ['-c', 'safe.directory=*', '-C', dir, ...args]);
}
