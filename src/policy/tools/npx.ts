import type { ToolTable } from '../tool-table.js';
import { npmEnvironment } from './npm/environment.js';
import { localProgram, projectTools } from './npm/local-program.js';
import { word } from './npm/options.js';

/** npx of npm 11: with `--yes=false` it runs only what is installed. From the program's name on the words are the program's. */
export const npx: ToolTable = {
  summary: 'Runs a program that is installed in the workspace.',
  style: 'posix',
  abbreviations: false,
  wholeShort: true,
  options: {
    '--no-install': 'none',
    // npx then takes the program's name for its value, and the program's options for npm's.
    '--no': 'denied',
    '-s, --silent': 'none',
    '-q, --quiet': 'none',
    '--loglevel': word,
    '-v, --version': 'none',
    '-w, --workspace': word,
    '-ws, --ws, --workspaces': 'none',
    '--include-workspace-root': 'none',
    '--offline': 'none',
    '--prefer-offline': 'none',
    '-h, --help': 'denied',
    // Fetches, and runs a command line by a shell.
    '-y, --yes': 'denied',
    '-p, --package': 'denied=',
    '-c, --call': 'denied=',
    '--shell': 'denied=',
    '--script-shell': 'denied=',
    '-n, --node-arg, --node-options': 'denied=',
    '--npm': 'denied=',
    '--cache': 'denied=',
    '--userconfig': 'denied=',
    '--prefix': 'denied=',
    '--registry': 'denied=',
    '--ignore-existing': 'denied',
  },
  operands: ['read', 'text'],
  operandPatterns: [localProgram, /^/],
  askUnless: projectTools,
  modules: { 'cross-env': 'env' },
  insert: ['--yes=false'],
  environment: npmEnvironment,
  startsPrograms: true,
};
