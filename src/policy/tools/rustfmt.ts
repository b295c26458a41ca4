import type { ToolTable } from '../tool-table.js';

export const rustfmt: ToolTable = {
  summary: 'Formats Rust, in place.',
  abbreviations: false,
  operands: ['write'],
  startsPrograms: true,
  writes: true,
  readsOnlyWith: ['--check'],
  options: {
    '--check': 'none',
    '--edition': 'text',
    '--style-edition': 'text',
    '--emit': { takes: 'text', pattern: /^(?:files|stdout)$/ },
    '--color': 'text',
    '--backup': 'none',
    '-l, --files-with-diff': 'none',
    '-q, --quiet': 'none',
    '-v, --verbose': 'none',
    '-V, --version': 'none',
    '-h, --help': 'text?',
    // Settings from elsewhere; settings that name files.
    '--config-path': 'denied=',
    '--config': 'denied=',
    '--print-config': 'denied=',
  },
};
