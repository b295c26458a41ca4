import type { ToolTable } from '../tool-table.js';
import { eslint } from './eslint.js';
import { jest } from './jest.js';
import { mocha } from './mocha.js';
import { localPackage, localProgram, projectTools } from './npm/local-program.js';
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
  operandPatterns: [localPackage],
  startsPrograms: true,
  writes: true,
};
const list: ToolTable = {
  ...install,
  summary: 'Shows packages.',
  options: { ...general, '--depth': 'text', '--pattern': 'text' },
  writes: false,
};

/** A script by its name: the words after it are its own, but for what would make a program of elsewhere of it. */
const named: ToolTable = {
  ...script,
  style: 'gnu',
  otherOptions: true,
  dashValues: false,
  operands: ['read'],
  options: {
    ...general,
    '--script-shell': 'denied=',
    '--cwd': 'denied=',
    '-C, --dir, --prefix': 'denied=',
    '--use-yarnrc': 'denied=',
    '--userconfig': 'denied=',
    '--registry': 'denied=',
    '--store-dir': 'denied=',
    '-g, --global': 'denied',
  },
};

const test: ToolTable = {
  ...jest,
  otherOptions: true,
  options: { ...jest.options, ...named.options, '--run': 'none', '--watch': 'text?' },
};

/** A program that is installed in the workspace; others ask first. */
export const exec: ToolTable = {
  ...script,
  operands: ['read', 'text'],
  operandPatterns: [localProgram, /^/],
  askUnless: projectTools,
};

/** Scripts by their usual names, and programs of projects: nothing of the system is called so. */
export const otherScripts: NonNullable<ToolTable['otherSubcommands']> = {
  pattern: new RegExp(
    `^(?:[a-z][\\w.-]*:[\\w.:-]+|(?:type|lint|test|build|check|format|code|unit|e2e|dev|db|gen)-[\\w-]+|tests?|types|tsc|fmt|codegen|generate|clean|prebuild|postbuild|docs|e2e|bench|unit|integration|verify|validate|ci|preview|serve|storybook|watch|bundle|release-check)$|${projectTools.source}`,
  ),
  table: named,
};

/** The programs and scripts that most projects have; yarn and pnpm run them by name. */
export const commonScripts: Readonly<Record<string, ToolTable>> = {
  test,
  ...Object.fromEntries(
    ['build', 'start', 'lint', 'format', 'typecheck', 'check', 'dev', 'compile', 'coverage'].map((name) => [
      name,
      named,
    ]),
  ),
  jest,
  vitest,
  mocha,
  tsc,
  eslint,
  prettier,
};

/** A script of a package, none of yarn's own commands that start or fetch programs. */
const notYarns =
  /^(?!(?:exec|dlx|create|config|set|plugin|npm|link|unlink|global|node|publish|login|import|init|policies|cache|pack|add|upgrade|install|remove|up|why|run-script|bin|version|workspace)$)[\w.:-]+$/;

/** Yarn: what needs a network fails. */
export const yarn: ToolTable = {
  summary: 'Installs packages and runs the scripts of package.json.',
  abbreviations: false,
  leadingOptions: { ...installing, '-v, --version': 'none' },
  startsPrograms: true,
  otherSubcommands: otherScripts,
  subcommands: {
    ...commonScripts,
    run: script,
    exec,
    // The name of a package, then what is run there.
    workspace: { ...script, operands: ['text'], operandPatterns: [/^/, notYarns, /^/] },
    workspaces: {
      summary: 'Runs a script in every package.',
      abbreviations: false,
      subcommands: {
        run: script,
        foreach: {
          ...script,
          options: {
            '-A, --all, -R, --recursive, -p, --parallel, -i, --interlaced, -t, --topological, -v, --verbose':
              'none',
            '--include, --exclude, --from, -j, --jobs': 'text',
          },
          operandPatterns: [/^run$/, /^/],
        },
      },
    },
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
