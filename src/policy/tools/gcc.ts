import type { ToolTable } from '../tool-table.js';

/**
 * The C compiler's driver. Only options that start no other program (`-B`, `-wrapper`, `-fplugin`, `-specs`, `-fmodule-mapper`),
 * pass none on (`-Wl,`, `-Xlinker`) and name no other output than `-o`. Its options have one dash and any length.
 */
export const gcc: ToolTable = {
  summary: 'Compiles C.',
  abbreviations: false,
  startsPrograms: true,
  writes: true,
  responseFiles: true,
  operands: ['read'],
  options: {
    '-o': 'write',
    '-c': 'none',
    '-S': 'none',
    '-E': 'none',
    '-w': 'none',
    '-v': 'none',
    '-D': 'text',
    '-U': 'text',
    '-I': 'read',
    '-isystem, -iquote, -idirafter, -include': 'read',
    '-L': 'read',
    '-l': { takes: 'text?', pattern: /^[\w+.-]+$/ },
    '-x': { takes: 'text', pattern: /^[\w+-]+$/ },
    '-O': { takes: 'text?', pattern: /^(?:[0123sgz]|fast)?$/ },
    '-g': { takes: 'text?', pattern: /^(?:\d|gdb\d?|dwarf(?:-\d)?|z)?$/ },
    '-W': { takes: 'text?', pattern: /^(?!.*,)[\w=+-]*$/ },
    '-m': { takes: 'text?', pattern: /^(?!llvm)[\w=.+-]+$/ },
    '-p': { takes: 'text?', pattern: /^(?:thread|edantic|edantic-errors|ipe|ie|g)?$/ },
    '-s': { takes: 'text?', pattern: /^(?:td=[\w+:]+|hared|tatic|tatic-libgcc|tatic-libstdc\+\+)?$/ },
    '-a': { takes: 'text?', pattern: /^nsi$/ },
    '-M': { takes: 'text?', pattern: /^(?:M|D|MD|P)?$/ },
    '-f': {
      takes: 'text?',
      pattern:
        /^(?:PIC|PIE|pic|pie|no-[\w-]+|sanitize=[\w,-]+|syntax-only|openmp|exceptions|rtti|visibility=\w+|stack-protector[\w-]*|omit-frame-pointer|lto|strict-aliasing|wrapv|permissive|concepts|coroutines|diagnostics-color(?:=\w+)?|color-diagnostics|max-errors=\d+|data-sections|function-sections|unroll-loops|fast-math|common|signed-char|unsigned-char|char8_t|short-enums|trapv|profile-arcs|test-coverage|analyzer|inline-functions)$/,
    },
    '-dumpversion, -dumpmachine': 'none',
    '--version': 'none',
    '--help': 'none',
  },
};
