import type { ToolTable } from '../tool-table.js';

/** make(1), GNU make 4.3: targets and `NAME=value` are text. */
export const make: ToolTable = {
  summary: 'Runs the rules of a makefile.',
  startsPrograms: true,
  options: {
    '-b': 'none',
    '-m': 'none',
    '-B, --always-make': 'none',
    // Done before any file is looked for, wherever it stands.
    '-C, --directory': { takes: 'read', changesDirectory: 'all' },
    '-d': 'none',
    '--debug': 'text?',
    '-e, --environment-overrides': 'none',
    '-f, --file, --makefile': 'read',
    '-h, --help': 'none',
    '-i, --ignore-errors': 'none',
    '-I, --include-dir': 'read',
    '-j, --jobs': 'text?',
    '-k, --keep-going': 'none',
    '-l, --load-average, --max-load': 'text?',
    '-L, --check-symlink-times': 'none',
    '-n, --just-print, --dry-run, --recon': 'none',
    '-o, --old-file, --assume-old': 'read',
    '-O, --output-sync': 'text?',
    '-p, --print-data-base': 'none',
    '-q, --question': 'none',
    '-r, --no-builtin-rules': 'none',
    '-R, --no-builtin-variables': 'none',
    '-s, --silent, --quiet': 'none',
    '--no-silent': 'none',
    '-S, --no-keep-going, --stop': 'none',
    '-t, --touch': 'none',
    '--trace': 'none',
    '-v, --version': 'none',
    '-w, --print-directory': 'none',
    '--no-print-directory': 'none',
    '-W, --what-if, --new-file, --assume-new': 'read',
    '--warn-undefined-variables': 'none',
    // A makefile in the arguments.
    '-E, --eval': 'denied=',
    '--jobserver-auth, --jobserver-fds': 'denied=',
    '--sync-mutex': 'denied=',
  },
  operands: ['text'],
  // They choose the program that runs the recipes, or more makefiles.
  operandPatterns: [
    /^(?!\.?(?:SHELL|SHELLFLAGS|MAKE\w*|GNUMAKEFLAGS|MFLAGS|PATH|LD_\w+|\w*ENV|GIT_\w+|NODE_\w+|NPM_\w+|PYTHON\w*|PERL\w*|RUBY\w*|IFS|HOME|PAGER|EDITOR)[:+?!]*=)/,
  ],
};
