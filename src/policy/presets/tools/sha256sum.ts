import type { CommandRuleInput } from '../../policy.js';

/** Hashes files. */
export const sha256sum: CommandRuleInput = {};
