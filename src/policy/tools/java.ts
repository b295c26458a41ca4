import type { ToolTable } from '../tool-table.js';

/** Runs a class or an archive of the workspace; the words after it are its own. */
export const java: ToolTable = {
  summary: 'Runs Java.',
  style: 'posix',
  abbreviations: false,
  startsPrograms: true,
  responseFiles: true,
  operands: ['read', 'text'],
  options: {
    '-cp, -classpath, --class-path, -p, --module-path': {
      takes: 'text',
      pattern: /^(?!.*(?:^|:)(?:\/|~|.*\.\.))/,
    },
    '-jar': { takes: 'read', replacesFirstOperand: true },
    '-m, --module': { takes: 'text', replacesFirstOperand: true },
    '-D': { takes: 'text?', pattern: /^(?!.*(?:\.\.|=\/|java\.(?:security|system)))[\w.-]+(?:=.*)?$/ },
    '-X': { takes: 'text?', pattern: /^(?:m[xsn]|ss)\d+[kKmMgG]?$/ },
    '-ea, -enableassertions, -da, -esa': 'none',
    '--enable-preview': 'none',
    '--source': 'text',
    '-version, --version, -showversion, --show-version': 'none',
    '-help, --help': 'none',
  },
};
