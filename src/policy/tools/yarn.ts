import type { ToolTable } from '../tool-table.js';
import { eslint } from './eslint.js';
import { jest } from './jest.js';
import { mocha } from './mocha.js';
import { prettier } from './prettier.js';
import { tsc } from './tsc.js';
import { vitest } from './vitest.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-s, --silent': 'none',
  '--json': 'none',
  '--verbose': 'none',
  '--offline': 'none',
  '--prefer-offline': 'none',
  '--non-interactive': 'none',
  '--no-progress': 'none',
};

/** Other folders, settings and sources of packages (`--cwd`, `--use-yarnrc`, `--registry`) are not here: unknown is denied. */
const installing: Options = {
  ...general,
  '--frozen-lockfile, --immutable': 'none',
  '--immutable-cache': 'none',
  '--check-cache': 'none',
  '--check-files': 'none',
  '--force': 'none',
  '--production, --prod': 'text?',
  '--ignore-scripts': 'none',
  '--ignore-optional': 'none',
  '--ignore-engines': 'none',
  '--no-lockfile, --pure-lockfile': 'none',
  '-D, --dev': 'none',
  '-P, --peer': 'none',
  '-O, --optional': 'none',
  '-E, --exact': 'none',
  '-T, --tilde': 'none',
  '-W, --ignore-workspace-root-check': 'none',
  '--mode': 'text',
};

const script: ToolTable = {
  summary: 'Runs a script of package.json, or a program that is installed in the workspace.',
  style: 'posix',
  abbreviations: false,
  options: general,
  operands: ['text'],
  startsPrograms: true,
};
const install: ToolTable = {
  summary: 'Installs packages; their scripts run.',
  abbreviations: false,
  options: installing,
  operands: ['read'],
  startsPrograms: true,
  writes: true,
};
const list: ToolTable = {
  ...install,
  summary: 'Shows packages.',
  options: { ...general, '--depth': 'text', '--pattern': 'text' },
  writes: false,
};

const test: ToolTable = { ...jest, options: { ...general, ...jest.options } };

/** The programs and scripts that most projects have; yarn and pnpm run them by name. */
export const commonScripts: Readonly<Record<string, ToolTable>> = {
  test,
  ...Object.fromEntries(
    ['build', 'start', 'lint', 'format', 'typecheck', 'check', 'dev', 'compile', 'coverage'].map((name) => [
      name,
      script,
    ]),
  ),
  jest,
  vitest,
  mocha,
  tsc,
  eslint,
  prettier,
};

/** Yarn: what needs a network fails. */
export const yarn: ToolTable = {
  summary: 'Installs packages and runs the scripts of package.json.',
  abbreviations: false,
  leadingOptions: { ...installing, '-v, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    ...commonScripts,
    run: script,
    exec: script,
    workspace: script,
    install,
    add: install,
    remove: install,
    upgrade: install,
    dedupe: install,
    list,
    why: list,
    info: list,
    outdated: list,
  },
};
