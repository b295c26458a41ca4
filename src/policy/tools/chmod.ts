import type { ToolTable } from '../tool-table.js';

export const chmod: ToolTable = {
  summary: 'Changes modes.',
  operands: ['text', 'write'],
  // No set-uid, set-gid or sticky bit.
  operandPatterns: [/^(?!(?:[ugoa]*[-+=][rwxX]*[st])|0?[1-7]\d{3}$)/, /^/],
  options: {
    '-c, --changes': 'none',
    '-f, --silent, --quiet': 'none',
    '-v, --verbose': 'none',
    '-R, --recursive': 'none',
    '--preserve-root': 'none',
    // A mode that takes rights away starts with a dash.
    '-r, -w, -x, -X': { takes: 'text?', replacesFirstOperand: true },
    '--reference': { takes: 'read', replacesFirstOperand: true },
    '--no-preserve-root': 'denied',
    '--help': 'none',
    '--version': 'none',
  },
};
