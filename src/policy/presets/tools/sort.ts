import type { CommandRuleInput } from '../../policy.js';

/** Sorts to its output; no output file, no temporary directory, no compressor. */
export const sort: CommandRuleInput = {
  forbiddenFlags: ['-o', '--output', '-T', '--temporary-directory', '--compress-program'],
  options: {
    '-k': 'text',
    '--key': 'text',
    '-t': 'text',
    '--field-separator': 'text',
    '-S': 'text',
    '--buffer-size': 'text',
    '--parallel': 'text',
    '--batch-size': 'text',
    '--files0-from': 'path',
    '--random-source': 'path',
  },
};
