import type { ToolTable } from '../tool-table.js';

export const javac: ToolTable = {
  summary: 'Compiles Java.',
  abbreviations: false,
  startsPrograms: true,
  writes: true,
  responseFiles: true,
  options: {
    '-d': 'write',
    '-s, -h': 'write',
    '-cp, -classpath, --class-path, -p, --module-path': {
      takes: 'text',
      pattern: /^(?!.*(?:^|:)(?:\/|~|.*\.\.))/,
    },
    '-sourcepath, --source-path': 'read',
    '-source, --source, -target, --target, --release': 'text',
    '-encoding': 'text',
    '-g': { takes: 'text?', pattern: /^(?::[\w,]+)?$/ },
    '-nowarn, -verbose, -deprecation, -parameters': 'none',
    '-proc:none': 'none',
    '-Werror': 'none',
    '-X': { takes: 'text?', pattern: /^(?:lint(?::[\w,-]+)?|doclint(?::[\w,/-]+)?|diags:\w+)$/ },
    '--enable-preview': 'none',
    '-version, --version': 'none',
    '-help, --help': 'none',
    // Code that runs in the compiler; options of its machine.
    '-processor, -processorpath, --processor-path': 'denied=',
    '-J': 'denied?',
  },
};
