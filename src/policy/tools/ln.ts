import type { ToolTable } from '../tool-table.js';

export const ln: ToolTable = {
  summary: 'Makes links inside the workspace.',
  // A link to .git would be a way around its protection.
  operands: ['write'],
  linkTargets: { when: '-s', unless: '-r', into: '-t' },
  writes: true,
  options: {
    '-b': 'none',
    '-f, --force': 'none',
    '-i, --interactive': 'none',
    '-L, --logical': 'none',
    '-n, --no-dereference': 'none',
    '-P, --physical': 'none',
    '-r, --relative': 'none',
    '-s, --symbolic': 'none',
    '-T, --no-target-directory': 'none',
    '-v, --verbose': 'none',
    '--backup': 'text?',
    '-S, --suffix': 'text',
    '-t, --target-directory': { takes: 'write', pattern: /^(?!\/|(?:.*\/)?\.\.(?:\/|$))/ },
    // Hard links of directories.
    '-d, -F, --directory': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
