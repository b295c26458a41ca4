import type { CommandRuleInput } from '../../policy.js';
import { gitEnvironment } from './git-environment.js';

type SubcommandRule = NonNullable<CommandRuleInput['subcommandRules']>[string];

const log: SubcommandRule = {
  insertFlags: ['--no-ext-diff', '--no-textconv'],
  options: {
    '-n': 'text',
    '-S': 'text',
    '-G': 'text',
    '-L': 'text',
    '--grep': 'text',
    '--author': 'text',
    '--committer': 'text',
    '--since': 'text',
    '--until': 'text',
    '--after': 'text',
    '--before': 'text',
  },
};

// A submodule has a configuration of its own, which ours does not reach.
const noSubmodules = '--ignore-submodules=dirty';

/** Local git work without force, hooks, helpers or another repository; `-c` and `-C` cannot precede the sub-command. */
export const git: CommandRuleInput = {
  subcommands: [
    'status',
    'diff',
    'log',
    'show',
    'add',
    'commit',
    'branch',
    'rev-parse',
    'ls-files',
    'rm',
    'mv',
    'restore',
    'blame',
    'grep',
  ],
  leadingFlags: ['--no-pager'],
  forbiddenFlags: [
    '--force',
    '-f',
    '--work-tree',
    '--exec-path',
    '--upload-pack',
    '--receive-pack',
    '--config-env',
    '--ext-diff',
    '--textconv',
    '--output',
    '--no-index',
    '-O',
    '--open-files-in-pager',
    '--remerge-diff',
    '--diff-merges',
    '--show-signature',
    '--gpg-sign',
    '--recurse-submodules',
    '--submodule',
  ],
  subcommandRules: {
    log,
    show: log,
    diff: {
      insertFlags: ['--no-ext-diff', '--no-textconv', noSubmodules],
      options: { '-S': 'text', '-G': 'text' },
    },
    status: { insertFlags: [noSubmodules] },
    blame: { options: { '-L': 'text' }, insertFlags: ['--no-textconv'] },
    grep: {
      insertFlags: ['--no-textconv'],
      // `-f FILE` is lost to the ban on `-f`; the operands then are the pattern and paths.
      options: { '-e': 'text', '-A': 'text', '-B': 'text', '-C': 'text', '-m': 'text' },
      textOperands: { count: 1, unless: ['-e'] },
    },
    commit: {
      forbiddenFlags: ['-S'],
      options: {
        '-m': 'text',
        '--message': 'text',
        '--author': 'text',
        '--date': 'text',
        '--cleanup': 'text',
        '--trailer': 'text',
        '--fixup': 'text',
        '-c': 'text',
        '-C': 'text',
        '-F': 'path',
        '--file': 'path',
        '-t': 'path',
        '--template': 'path',
        '--pathspec-from-file': 'path',
      },
    },
    branch: { forbiddenFlags: ['-D', '-M', '-C'] },
  },
  environment: {
    ...gitEnvironment,
    GIT_AUTHOR_NAME: 'Airlock Agent',
    GIT_AUTHOR_EMAIL: 'agent@airlock.invalid',
    GIT_COMMITTER_NAME: 'Airlock Agent',
    GIT_COMMITTER_EMAIL: 'agent@airlock.invalid',
  },
};
