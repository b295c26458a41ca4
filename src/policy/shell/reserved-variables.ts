/**
 * Variables that a script may not set for itself: bash reads them, or programs are given them, so that a plain
 * assignment would be more than a name for a text.
 */
export const reservedVariables: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'PWD', 'OLDPWD', 'CDPATH', 'IFS', 'ENV', 'BASH_ENV', 'SHELLOPTS', 'BASHOPTS'],
  ...['GLOBIGNORE', 'EXECIGNORE', 'POSIXLY_CORRECT', 'PS4', 'PROMPT_COMMAND', 'SHELL', 'USER', 'LOGNAME'],
  ...['LANG', 'LC_ALL', 'LC_COLLATE', 'LC_CTYPE', 'TERM', 'TMPDIR', 'CI', 'PAGER', 'EDITOR', 'VISUAL'],
  ...['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'NODE_OPTIONS', 'PYTHONSTARTUP', 'PYTHONHOME'],
  ...[
    'GIT_PAGER',
    'GIT_EDITOR',
    'GIT_SSH',
    'GIT_SSH_COMMAND',
    'GIT_EXTERNAL_DIFF',
    'GIT_DIR',
    'GIT_CONFIG_COUNT',
  ],
  ...[
    'GIT_TERMINAL_PROMPT',
    'GIT_AUTHOR_NAME',
    'GIT_AUTHOR_EMAIL',
    'GIT_COMMITTER_NAME',
    'GIT_COMMITTER_EMAIL',
  ],
  ...[
    'UID',
    'EUID',
    'PPID',
    'RANDOM',
    'SECONDS',
    'LINENO',
    'REPLY',
    'OPTIND',
    'OPTARG',
    'OPTERR',
    'AIRLOCK_CALL',
  ],
]);
