import type { ToolTable } from '../tool-table.js';

/** Settings that name no program and no place outside the workspace. */
const setting = /^(?!.*(?:[=;]\s*[~/]|\.\.|COMPILER|LAUNCHER|LINKER|PROGRAM|TOOLCHAIN|COMMAND|RULE_))/i;

/** CMake runs what CMakeLists.txt says. */
export const cmake: ToolTable = {
  summary: 'Builds C and C++.',
  abbreviations: false,
  startsPrograms: true,
  writes: true,
  // The folder, or after `--` the words of the build tool: none that sets something.
  operands: ['write'],
  operandPatterns: [/^(?:[^=]*|VERBOSE=1|V=1)$/],
  options: {
    '-S': 'read',
    '-B': 'write',
    '-D': { takes: 'text', pattern: setting },
    '-U': 'text',
    '-G': { takes: 'text', pattern: /^[\w ]+$/ },
    '--preset': 'text',
    '--fresh': 'none',
    '--log-level': 'text?',
    '-Wno-dev, -Wdev, -Wno-deprecated': 'none',
    '-L, -LA, -LH, -LAH': 'none',
    '-N': 'none',
    '--build': 'write',
    '-t, --target': 'text',
    '-j, --parallel': 'text?',
    '--config': 'text',
    '--clean-first': 'none',
    '-v, --verbose': 'none',
    '--version': 'none',
    '-h, --help': 'none',
    '--list-presets': 'text?',
    '--graphviz': 'write',
    // Runs commands; installs in the system; shows windows; other settings of the compiler.
    '-E': 'denied',
    '-P': 'denied=',
    '-C': 'denied=',
    '--install': 'denied=',
    '--open': 'denied=',
    '--toolchain': 'denied=',
    '--prefix, --install-prefix': 'denied=',
  },
};
