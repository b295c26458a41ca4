import type { ToolTable } from '../tool-table.js';

export const jq: ToolTable = {
  summary: 'Filters JSON.',
  abbreviations: false,
  operands: ['text', 'read'],
  // Modules are read from wherever the program says.
  operandPatterns: [/^(?![\s\S]*\b(?:import|include)\b)/, /^/],
  options: {
    '-n, --null-input': 'none',
    '-r, --raw-output': 'none',
    '-e, --exit-status': 'none',
    '-s, --slurp': 'none',
    '-c, --compact-output': 'none',
    '-C, --color-output': 'none',
    '-M, --monochrome-output': 'none',
    '-S, --sort-keys': 'none',
    '-a, --ascii-output': 'none',
    '-j, --join-output': 'none',
    '-R, --raw-input': 'none',
    '--tab': 'none',
    '--unbuffered': 'none',
    '--stream': 'none',
    '--stream-errors': 'none',
    '--seq': 'none',
    '--raw-output0': 'none',
    '--args': 'none',
    '--jsonargs': 'none',
    '-h, --help': 'none',
    '-V, --version': 'none',
    '--build-configuration': 'none',
    '--indent': 'text',
    // Of their two values the second counts as an operand.
    '--arg': 'text',
    '--argjson': 'text',
    // Their second value is a file.
    '--slurpfile': 'denied',
    '--rawfile': 'denied',
    '--argfile': 'denied',
    // Modules may lie anywhere.
    '-L': 'denied',
    '-f, --from-file': { takes: 'read', replacesFirstOperand: true },
  },
};
