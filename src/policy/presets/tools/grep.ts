import type { CommandRuleInput } from '../../policy.js';

/** Searches text. */
export const grep: CommandRuleInput = {
  options: {
    '-e': 'text',
    '--regexp': 'text',
    '-m': 'text',
    '--max-count': 'text',
    '-A': 'text',
    '-B': 'text',
    '-C': 'text',
    '--after-context': 'text',
    '--before-context': 'text',
    '--context': 'text',
    '--include': 'text',
    '--exclude': 'text',
    '--exclude-dir': 'text',
    '--label': 'text',
    '--binary-files': 'text',
    '-f': 'path',
    '--file': 'path',
    '--exclude-from': 'path',
  },
  textOperands: {
    count: 1,
    unless: ['-e', '--regexp', '-f', '--file'],
  },
};
