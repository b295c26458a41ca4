import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-q, --quiet': 'none',
  '-v, --verbose': 'none',
  '--offline': 'none',
  '--no-progress': 'none',
  '--color': 'text',
  // Another folder, other settings, other sources of packages.
  '--directory, --project': 'denied=',
  '--config-file, --cache-dir': 'denied=',
  '--index, --index-url, --extra-index-url, --find-links': 'denied=',
};

const syncing: Options = {
  ...general,
  '--frozen, --locked, --no-sync': 'none',
  '--extra, --group, --no-group, --package': 'text',
  '--all-extras, --all-groups, --dev, --no-dev, --exact, --active': 'none',
};

/** uv: what needs a network fails. `uv run` runs a command, which is judged as any other. */
export const uv: ToolTable = {
  summary: 'Keeps the environment of a Python project.',
  abbreviations: false,
  leadingOptions: { ...general, '-V, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    run: {
      summary: 'Runs a command in the environment.',
      style: 'posix',
      abbreviations: false,
      options: syncing,
      operands: ['command'],
      startsPrograms: true,
      writes: true,
    },
    sync: {
      summary: 'Installs what the lock file says.',
      abbreviations: false,
      options: syncing,
      operands: [],
      startsPrograms: true,
      writes: true,
    },
    lock: {
      summary: 'Makes the lock file.',
      abbreviations: false,
      options: general,
      operands: [],
      startsPrograms: true,
      writes: true,
    },
    tree: {
      summary: 'Shows dependencies.',
      abbreviations: false,
      options: syncing,
      operands: [],
      startsPrograms: true,
    },
    version: { summary: 'Prints the version.', abbreviations: false, options: general, operands: [] },
  },
};
