import type { CommandRuleInput } from '../../policy.js';

/** An interpreter: runs a module (`-m`), code (`-c`) or a file of the workspace. */
export const python: CommandRuleInput = {
  requireFirst: ['-m', '-c', '-u', '-B', '-I', '-V', '--version', '<file>'],
  stopAtOperand: true,
  terminalOptions: ['-m', '-c'],
  startsPrograms: true,
  allowedFlags: ['-u', '-B', '-I', '-E', '-s', '-S', '-O', '-q', '-v', '-V', '-b', '--version'],
  options: {
    '-c': 'text',
    '-m': 'text',
    '-W': 'text',
    '-X': 'text',
  },
  environment: {
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
  },
};
