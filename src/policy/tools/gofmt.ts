import type { ToolTable } from '../tool-table.js';

export const gofmt: ToolTable = {
  summary: 'Formats Go.',
  style: 'words',
  equalsValue: true,
  options: {
    '-l, --l': 'none',
    '-d, --d': 'none',
    '-e, --e': 'none',
    '-s, --s': 'none',
    '-w, --w': { takes: 'none', makes: 'operands-written' },
    '-r, --r': 'text',
    '-cpuprofile, --cpuprofile': 'denied=',
  },
};
