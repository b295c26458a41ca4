import type { CommandRuleInput } from '../../policy.js';

/** Cuts columns. */
export const cut: CommandRuleInput = {
  options: {
    '-d': 'text',
    '--delimiter': 'text',
    '-f': 'text',
    '--fields': 'text',
    '-c': 'text',
    '--characters': 'text',
    '-b': 'text',
    '--bytes': 'text',
    '--output-delimiter': 'text',
  },
};
