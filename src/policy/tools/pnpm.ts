import type { ToolTable } from '../tool-table.js';
import { localPackage } from './npm/local-program.js';
import { commonScripts, otherScripts, exec as yarnExec } from './yarn.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-s, --silent': 'none',
  '-r, --recursive': 'none',
  '-F, --filter': 'text',
  '-w, --workspace-root': 'none',
  '--reporter': 'text',
  '--loglevel': 'text',
  '--if-present': 'none',
  '--no-bail': 'none',
  '--parallel': 'none',
  '--stream': 'none',
  '--offline': 'none',
  '--prefer-offline': 'none',
  // Elsewhere: another folder, another store, another user's packages.
  '-C, --dir': 'denied=',
  '-g, --global': 'denied',
  '--store-dir': 'denied=',
  '--registry': 'denied=',
  '--script-shell': 'denied=',
};

const run: ToolTable = {
  summary: 'Runs a script of package.json, or a program that is installed in the workspace.',
  style: 'posix',
  abbreviations: false,
  options: general,
  operands: ['text'],
  startsPrograms: true,
};
const exec: ToolTable = { ...yarnExec, options: { ...general, '-c, --shell-mode': 'denied' } };
const install: ToolTable = {
  summary: 'Installs packages; their scripts run.',
  abbreviations: false,
  options: {
    ...general,
    '--frozen-lockfile': 'text?',
    '--no-frozen-lockfile': 'none',
    '--lockfile-only': 'none',
    '--ignore-scripts': 'none',
    '-P, --prod, --save-prod': 'none',
    '-D, --dev, --save-dev': 'none',
    '-O, --save-optional': 'none',
    '-E, --save-exact': 'none',
    '--save-peer': 'none',
    '--no-optional': 'none',
    '--workspace': 'none',
    '-f, --force': 'none',
  },
  operands: ['read'],
  operandPatterns: [localPackage],
  startsPrograms: true,
  writes: true,
};
const list: ToolTable = {
  summary: 'Shows packages.',
  abbreviations: false,
  options: {
    ...general,
    '--depth': 'text',
    '--json': 'none',
    '--long': 'none',
    '-P, --prod': 'none',
    '-D, --dev': 'none',
  },
  operands: ['text'],
  startsPrograms: true,
};

/** pnpm: what needs a network fails. */
export const pnpm: ToolTable = {
  summary: 'Installs packages and runs the scripts of package.json.',
  abbreviations: false,
  leadingOptions: { ...general, '-v, --version': 'none' },
  startsPrograms: true,
  otherSubcommands: otherScripts,
  subcommands: {
    ...commonScripts,
    t: commonScripts.test ?? run,
    run,
    exec,
    install,
    i: install,
    add: install,
    remove: install,
    rm: install,
    update: install,
    up: install,
    list,
    ls: list,
    why: list,
    outdated: list,
    audit: list,
  },
};
