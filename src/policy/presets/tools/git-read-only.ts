import type { CommandRuleInput } from '../../policy.js';
import { git } from './git.js';

const reading = ['status', 'diff', 'log', 'show', 'rev-parse', 'ls-files', 'blame', 'grep', 'branch'];

/** git that only looks: branches are listed, never named; the index is not even refreshed. */
export const gitReadOnly: CommandRuleInput = {
  ...git,
  subcommands: reading,
  subcommandRules: {
    ...git.subcommandRules,
    branch: {
      allowedFlags: [
        '--list',
        '-l',
        '--show-current',
        '-a',
        '--all',
        '-r',
        '--remotes',
        '-v',
        '-vv',
        '--no-color',
      ],
      maxOperands: 0,
    },
  },
  environment: { ...git.environment, GIT_OPTIONAL_LOCKS: '0' },
};
