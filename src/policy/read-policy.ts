import { isClassicPolicy } from './classic.js';
import { layerPolicy } from './layer-policy.js';
import { type Policy, parsePolicy, policySchema } from './policy.js';
import { policyFragment } from './policy-fragment.js';
import {
  describeIssues,
  describePath,
  type PolicyProblem,
  type PolicyText,
  readPolicyText,
} from './policy-text.js';
import type { RunDefaults } from './tighten-policy.js';

/** Where a workspace keeps its part of the policy. */
export const workspacePolicyPath = '.airlock/policy.jsonc';

export type PolicyReading =
  /** `problems`: lines that have no effect. */
  | { readonly ok: true; readonly policy: Policy; readonly problems: readonly PolicyProblem[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A workspace's part, laid over what holds without it. */
export function readWorkspacePolicy(source: string, base: Policy, defaults?: RunDefaults): PolicyReading {
  const read = readPolicyText(source);
  return read.ok ? tighten(read.text, base, defaults) : read;
}

/** A policy in any form: whole, as a classic list, or a part that tightens `base`. */
export function readAnyPolicy(source: string, base: Policy): PolicyReading {
  const read = readPolicyText(source);
  if (!read.ok) return read;
  const { value } = read.text;
  if (isFragment(value)) return tighten(read.text, base);
  if (isClassicPolicy(value)) return { ok: true, policy: parsePolicy(value), problems: [] };
  const parsed = policySchema.safeParse(value);
  return parsed.success
    ? { ok: true, policy: parsed.data, problems: [] }
    : { ok: false, problems: describeIssues(read.text, parsed.error) };
}

function tighten(text: PolicyText, base: Policy, defaults?: RunDefaults): PolicyReading {
  const parsed = policyFragment.safeParse(text.value);
  if (!parsed.success) return { ok: false, problems: describeIssues(text, parsed.error) };
  try {
    const { policy, diagnostics } = layerPolicy({ base, workspace: parsed.data, defaults });
    const problems = diagnostics.map(({ path, message }) => ({
      message: `ignored: ${describePath(path)}: ${message}`,
      ...text.locate(path),
    }));
    return { ok: true, policy, problems };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ message, ...text.locate([]) }] };
  }
}

/** A whole policy has a name; a classic list has no key of ours. */
function isFragment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return (
    keys.length > 0 && !keys.includes('name') && keys.some((key) => Object.hasOwn(policyFragment.shape, key))
  );
}
