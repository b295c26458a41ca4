import * as z from 'zod';
import type { PolicyDiagnostic } from './diagnostics.js';
import { overridePolicy } from './override-policy.js';
import { type Policy, policySchema } from './policy.js';
import type { PolicyFragment } from './policy-fragment.js';
import { type RunDefaults, tightenPolicy } from './tighten-policy.js';

export interface PolicyLayers {
  readonly base: Policy;
  /** From the user's settings: may loosen and tighten. */
  readonly user?: PolicyFragment | undefined;
  /** From the workspace: may only tighten. */
  readonly workspace?: PolicyFragment | undefined;
  /** What holds for a command whose rule sets no bound of its own. */
  readonly defaults?: RunDefaults | undefined;
}

export interface LayeredPolicy {
  readonly policy: Policy;
  /** Lines of the workspace's policy that have no effect, most of them because they would loosen. */
  readonly diagnostics: readonly PolicyDiagnostic[];
}

const usualDefaults: RunDefaults = { timeoutMs: 120_000, outputBytes: 1024 * 1024 };

/**
 * Preset ← user settings ← workspace. Whatever the result allows, the policy without the workspace's part allows.
 * Throws when the parts together are more than a policy can hold.
 */
export function layerPolicy({
  base,
  user,
  workspace,
  defaults = usualDefaults,
}: PolicyLayers): LayeredPolicy {
  const chosen = user === undefined ? base : overridePolicy(base, user);
  if (workspace === undefined) return { policy: checked(chosen), diagnostics: [] };
  const { policy, diagnostics } = tightenPolicy(chosen, workspace, defaults);
  return { policy: checked(policy), diagnostics };
}

/** The sandbox reads the policy with the schema, so what is over a bound has to be found here. */
function checked(policy: Policy): Policy {
  const parsed = policySchema.safeParse(policy);
  if (parsed.success) return parsed.data;
  throw new Error(`The parts of the policy do not fit together: ${z.prettifyError(parsed.error)}`);
}
