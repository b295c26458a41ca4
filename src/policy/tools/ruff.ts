import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-v, --verbose': 'none',
  '-q, --quiet': 'none',
  '-s, --silent': 'none',
  // Settings, which may name paths, in place of a file.
  '--config': { takes: 'read', pattern: /^(?!.*=.*[/~])/ },
  '--isolated': 'none',
  '--color': 'text',
  '-n, --no-cache': 'none',
  '--cache-dir': 'write',
  '-e, --exit-zero': 'none',
  '--exclude': 'text',
  '--extend-exclude': 'text',
  '--force-exclude': 'none',
  '--target-version': 'text',
  '--stdin-filename': 'read',
  '--preview': 'none',
  '--no-preview': 'none',
  '--respect-gitignore': 'none',
  '--no-respect-gitignore': 'none',
  '--line-length': 'text',
  '--diff': 'none',
};

/** ruff runs nothing of the workspace. */
export const ruff: ToolTable = {
  summary: 'Checks and formats Python.',
  abbreviations: false,
  leadingOptions: { ...general, '-V, --version': 'none' },
  subcommands: {
    check: {
      summary: 'Checks Python.',
      responseFiles: true,
      abbreviations: false,
      options: {
        ...general,
        '--fix': { takes: 'none', makes: 'operands-written' },
        '--unsafe-fixes': 'none',
        '--no-fix': 'none',
        '--fix-only': { takes: 'none', makes: 'operands-written' },
        '--add-noqa': { takes: 'none', makes: 'operands-written' },
        '--show-fixes': 'none',
        '--statistics': 'none',
        '--show-files': 'none',
        '--show-settings': 'none',
        '--ignore-noqa': 'none',
        '--output-format': 'text',
        '-o, --output-file': 'write',
        '--select': 'text',
        '--ignore': 'text',
        '--extend-select': 'text',
        '--extend-ignore': 'text',
        '--per-file-ignores': 'text',
        '--fixable': 'text',
        '--unfixable': 'text',
        '--exit-non-zero-on-fix': 'none',
        '-w, --watch': 'denied',
      },
      operands: ['read'],
      // Its settings can ask for fixes.
      writes: true,
    },
    format: {
      summary: 'Formats Python.',
      responseFiles: true,
      abbreviations: false,
      options: { ...general, '--check': 'none', '--range': 'text' },
      operands: ['write'],
      writes: true,
    },
    rule: {
      summary: 'Explains a rule.',
      abbreviations: false,
      options: { '--all': 'none', '--output-format': 'text' },
      operands: ['text'],
    },
    version: { summary: 'Prints the version.', abbreviations: false, options: {}, operands: [] },
  },
};
