import { realpath } from 'node:fs/promises';
import { errors } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import { layerPolicy } from '../policy/layer-policy.js';
import type { Policy } from '../policy/policy.js';
import { policyFragment } from '../policy/policy-fragment.js';
import { lineAndColumn, MAX_POLICY_BYTES, type PolicyProblem } from '../policy/policy-text.js';
import { loadPreset, type PresetName } from '../policy/presets/index.js';
import { readWorkspacePolicy, workspacePolicyPath } from '../policy/read-policy.js';
import { limits } from '../protocol/limits.js';
import { isMissing } from '../workspace/fs-errors.js';
import { LiveWorkspace } from '../workspace/live-workspace.js';
import { defaultLimits, type RunRequest } from './api.js';

const MAX_NOTICES = 20;

export interface SessionPolicy {
  readonly policy: Policy;
  /** Lines of the workspace's policy that have no effect. */
  readonly notices: readonly string[];
}

export type PolicyChoice = Pick<RunRequest, 'preset' | 'userPolicy'>;

/** Preset ← user settings ← workspace, as they are now. Rejects with `policy-unusable` rather than leave a part out. */
export async function loadSessionPolicy(
  request: PolicyChoice & Pick<RunRequest, 'workspace' | 'limits'>,
): Promise<SessionPolicy> {
  const base = loadUserPolicy(request);
  const text = await readWorkspaceFile(request.workspace);
  if (text === undefined) return { policy: base, notices: [] };
  const read = readWorkspacePolicy(text, base, runDefaults(request.limits));
  const lines = read.problems.map((problem) => describe(text, problem));
  if (!read.ok) throw errors.policyUnusable(workspacePolicyPath, lines.slice(0, 5).join('; '));
  const more = lines.length - MAX_NOTICES;
  const notices = lines.slice(0, MAX_NOTICES).map((line) => `${workspacePolicyPath}, ${line}`);
  return {
    policy: read.policy,
    notices: more > 0 ? [...notices, `… and ${more} more lines ignored`] : notices,
  };
}

/** What is wrong with a workspace's policy, for the editor: also the lines that have no effect. */
export function lintWorkspacePolicy(text: string, choice: PolicyChoice): readonly PolicyProblem[] {
  return readWorkspacePolicy(text, loadUserPolicy(choice), runDefaults(defaultLimits)).problems;
}

/** The preset with the user's own part. */
export function loadUserPolicy({ preset, userPolicy }: { preset: PresetName; userPolicy?: unknown }): Policy {
  const base = loadPreset(preset);
  if (userPolicy === undefined) return base;
  const parsed = policyFragment.safeParse(userPolicy);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const what = toVisibleLine(`${where === '' ? '' : `${where}: `}${issue?.message ?? 'malformed'}`);
    throw errors.policyUnusable('the setting `airlock.policy`', what, parsed.error);
  }
  try {
    return layerPolicy({ base, user: parsed.data }).policy;
  } catch (error) {
    throw errors.policyUnusable('the setting `airlock.policy`', String(error), error);
  }
}

function runDefaults({ commandSeconds }: RunRequest['limits']) {
  return { timeoutMs: commandSeconds * 1000, outputBytes: limits.outputBytes };
}

/** The file's text; undefined when there is none. No link is followed: whoever could set one could choose the policy. */
async function readWorkspaceFile(workspace: string): Promise<string | undefined> {
  const refuse = (detail: string) => errors.policyUnusable(workspacePolicyPath, detail);
  const entry = await readEntry(workspace);
  switch (entry?.kind) {
    case undefined:
    case 'absent':
      return undefined;
    case 'blocked':
      // A file named `.airlock` is no policy; a link may lead to one.
      if (entry.by === 'file') return undefined;
      throw refuse(`"${entry.at}" is a link`);
    case 'symlink':
      throw refuse('it is a link');
    case 'directory':
    case 'special':
      throw refuse('it is no regular file');
    case 'file':
      if (entry.bytes === undefined || entry.size > MAX_POLICY_BYTES)
        throw refuse(`it is larger than ${MAX_POLICY_BYTES / 1024} KiB`);
      return Buffer.from(entry.bytes).toString('utf8');
  }
}

/** A workspace that is not there has no policy; the session says what is wrong with it. */
async function readEntry(workspace: string) {
  try {
    return await new LiveWorkspace(await realpath(workspace)).read(workspacePolicyPath);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw errors.policyUnusable(workspacePolicyPath, 'it cannot be read', error);
  }
}

function describe(text: string, { message, offset }: PolicyProblem): string {
  const { line, column } = lineAndColumn(text, offset);
  return toVisibleLine(`line ${line}, column ${column}: ${message}`, 500);
}
