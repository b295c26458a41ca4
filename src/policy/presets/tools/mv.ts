import type { CommandRuleInput } from '../../policy.js';

/** Moves files. */
export const mv: CommandRuleInput = {
  writesPaths: true,
  options: {
    '-S': 'text',
    '--suffix': 'text',
    '-t': 'path',
    '--target-directory': 'path',
  },
};
