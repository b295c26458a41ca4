import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { toVisibleLine } from '../../../base/visible-text.js';
import type { WorkspacePath } from '../../../base/workspace-path.js';
import type { Decision } from '../../../policy/decision.js';
import { judgeSetting, type RepositoryUse } from '../../../policy/tools/git/harmful-settings.js';
import { isPlainConfig } from '../../../policy/tools/git/plain-config.js';
import type { CallProcesses } from '../../process/process-tree.js';
import { commandPath } from '../environment.js';
import { codeOf } from '../files/beneath.js';
import {
  findRepository,
  joinPath,
  type Repository,
  RepositoryRefusedError,
  readSmallFile,
} from './find-repository.js';
import { type FoundSetting, listSettings } from './list-settings.js';
import { refuseLeftovers } from './refuse-leftovers.js';

const MAX_REPLACED = 500;

export interface GuardedCall {
  readonly root: string;
  readonly cwd: WorkspacePath;
  /** What the policy planned for the program; its `GIT_CONFIG_COUNT` is gone on from. */
  readonly env: Readonly<Record<string, string>>;
  readonly use: RepositoryUse;
}

export type Guarded =
  | { readonly kind: 'guarded'; readonly env: Readonly<Record<string, string>> }
  | { readonly kind: 'denied'; readonly decision: Decision };

/**
 * Makes the repository that git is about to use harmless: git is told where it is, and each of its settings that names
 * a program is replaced. Nothing is remembered from one start to the next. Between this look and git's start another
 * command of the same agent could change the settings; under a policy that writes nothing none can, so it is exact
 * there, and a policy that lets the agent write lets it start interpreters of its own anyway.
 */
export async function guardRepository(processes: CallProcesses, call: GuardedCall): Promise<Guarded> {
  try {
    return { kind: 'guarded', env: await guard(processes, call) };
  } catch (error) {
    if (!(error instanceof RepositoryRefusedError)) throw error;
    const reason = `git may not start in this repository: ${toVisibleLine(error.message, 300)}`;
    return { kind: 'denied', decision: { decision: 'deny', rule: 'git.repository', reason } };
  }
}

async function guard(
  processes: CallProcesses,
  { root, cwd, env, use }: GuardedCall,
): Promise<Readonly<Record<string, string>>> {
  const repository = findRepository(root, cwd);
  // Above the workspace there is nothing to be found.
  if (repository === undefined) return { ...env, GIT_CEILING_DIRECTORIES: dirname(root) };
  if (use === 'changed') refuseLeftovers(repository);
  const place = cwd === '' ? root : `${root}/${cwd}`;
  const config = readSmallFile(`${repository.commonDir}/config`, '.git/config') ?? '';
  // Most repositories' settings are as git made them, and need no start of git to be understood.
  const settings = isPlainConfig(config)
    ? []
    : await listSettings(processes, place, listingEnvironment(repository));
  const replaced = replaceSettings(root, repository, settings, use);
  return { ...env, ...locate(repository, place), ...append(env, replaced) };
}

/** Only the repository's own settings are listed, and none of them is replaced yet. */
function listingEnvironment({ gitDir, commonDir, workTree }: Repository): Record<string, string> {
  return {
    PATH: commandPath.join(':'),
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_DIR: gitDir,
    GIT_COMMON_DIR: commonDir,
    GIT_WORK_TREE: workTree,
  };
}

/** `.git` where git would say so itself (`git rev-parse --git-dir`). */
function locate({ gitDir, commonDir, workTree }: Repository, place: string): Record<string, string> {
  const isPlain = place === workTree && gitDir === `${workTree}/.git`;
  return {
    GIT_DIR: isPlain ? '.git' : gitDir,
    GIT_WORK_TREE: workTree,
    ...(commonDir === gitDir ? {} : { GIT_COMMON_DIR: commonDir }),
  };
}

function replaceSettings(
  root: string,
  repository: Repository,
  settings: readonly FoundSetting[],
  use: RepositoryUse,
): ReadonlyMap<string, string> {
  const replaced = new Map<string, string>();
  for (const setting of settings) {
    const judgement = judgeSetting(setting, use);
    switch (judgement.kind) {
      case 'harmless':
        break;
      case 'replaced':
        replaced.set(setting.name, judgement.value);
        break;
      case 'path':
        if (staysInside(root, repository.workTree, setting.value)) break;
        if (judgement.otherwise === undefined) throw leaves(setting.name);
        replaced.set(setting.name, judgement.otherwise);
        break;
      case 'include':
        if (!staysInside(root, dirname(setting.origin), setting.value)) throw leaves(setting.name);
        break;
      case 'refused':
        throw new RepositoryRefusedError(`its setting ${setting.name}: ${judgement.reason}`);
    }
  }
  if (replaced.size > MAX_REPLACED)
    throw new RepositoryRefusedError(`more than ${MAX_REPLACED} settings name programs`);
  return replaced;
}

function leaves(name: string): RepositoryRefusedError {
  return new RepositoryRefusedError(`its setting ${name} leads out of the workspace`);
}

/** git puts a home directory or its own folder in the place of a leading `~` or `%(prefix)`. */
function staysInside(root: string, from: string, value: string): boolean {
  if (value === '') return true;
  if (/^(?:~|%\(|:)/.test(value)) return false;
  let real: string;
  try {
    real = realpathSync.native(joinPath(from, value));
  } catch (error) {
    // What is not there cannot be read either.
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
  }
  return real.startsWith(`${root}/`);
}

function append(
  env: Readonly<Record<string, string>>,
  replaced: ReadonlyMap<string, string>,
): Record<string, string> {
  const { GIT_CONFIG_COUNT: given = '0' } = env;
  if (!/^\d{1,4}$/.test(given))
    throw new RepositoryRefusedError('GIT_CONFIG_COUNT is set to what is no number');
  const count = Number(given);
  const pairs = [...replaced].flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${count + index}`, name],
    [`GIT_CONFIG_VALUE_${count + index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(count + replaced.size), ...Object.fromEntries(pairs) };
}
