import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-q, --quiet': 'none',
  '-v, -vv, -vvv, --verbose': 'none',
  '-n, --no-interaction': 'none',
  '--no-ansi, --ansi': 'none',
  // Another folder.
  '-C, --directory, -P, --project': 'denied=',
};

function table(summary: string, options: Options = {}, writes = true): ToolTable {
  return {
    summary,
    abbreviations: false,
    options: { ...general, ...options },
    operands: [],
    startsPrograms: true,
    writes,
  };
}

/** Poetry: what needs a network fails. `poetry run` runs a command, which is judged as any other. */
export const poetry: ToolTable = {
  summary: 'Keeps the environment of a Python project.',
  abbreviations: false,
  leadingOptions: { ...general, '-V, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    run: { ...table('Runs a command in the environment.'), style: 'posix', operands: ['command'] },
    install: table('Installs what the lock file says.', {
      '--no-root, --only-root, --sync, --all-extras, --dry-run': 'none',
      '--with, --without, --only, -E, --extras': 'text',
    }),
    lock: table('Makes the lock file.', { '--no-update, --regenerate': 'none' }),
    check: table('Checks pyproject.toml.', { '--lock, --strict': 'none' }, false),
    show: {
      ...table(
        'Shows packages.',
        { '-t, --tree': 'none', '-T, --top-level': 'none', '--only, --with': 'text' },
        false,
      ),
      operands: ['text'],
    },
    version: table('Prints the version of the project.', { '-s, --short': 'none' }, false),
  },
};
