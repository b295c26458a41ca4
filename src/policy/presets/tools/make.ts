import type { CommandRuleInput } from '../../policy.js';

/** Runs a Makefile of the workspace, and so any program. */
export const make: CommandRuleInput = {
  startsPrograms: true,
  forbiddenFlags: ['--eval', '-E'],
  options: {
    '-C': 'path',
    '--directory': 'path',
    '-f': 'path',
    '--file': 'path',
    '--makefile': 'path',
    '-I': 'path',
    '--include-dir': 'path',
    '-o': 'path',
    '--old-file': 'path',
    '-W': 'path',
    '--what-if': 'path',
  },
  timeoutMs: 600000,
};
