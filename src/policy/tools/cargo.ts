import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-q, --quiet': 'none',
  '-v, --verbose': 'none',
  '--color': 'text',
  '--offline': 'none',
  '--locked': 'none',
  '--frozen': 'none',
  // Settings can name a compiler, a linker or a runner.
  '--config': 'denied=',
  '-Z': 'denied=',
  '-C': 'denied=',
  '--explain': 'text',
};

const building: Options = {
  ...general,
  '-p, --package': 'text',
  '--workspace, --all': 'none',
  '--exclude': 'text',
  '-r, --release': 'none',
  '-F, --features': 'text',
  '--all-features': 'none',
  '--no-default-features': 'none',
  '--lib': 'none',
  '--bin': 'text',
  '--bins': 'none',
  '--test': 'text',
  '--tests': 'none',
  '--example': 'text',
  '--examples': 'none',
  '--bench': 'text',
  '--benches': 'none',
  '--all-targets': 'none',
  '-j, --jobs': 'text',
  '--keep-going': 'none',
  '--profile': 'text',
  '--target': 'text',
  '--message-format': 'text',
  '--timings': 'text?',
  '--manifest-path': 'read',
  '--target-dir': 'write',
  '--artifact-dir, --out-dir': 'denied=',
};

function table(summary: string, options: Options = {}): ToolTable {
  return {
    summary,
    abbreviations: false,
    options: { ...building, ...options },
    operands: ['text'],
    startsPrograms: true,
    writes: true,
  };
}

const build = table('Builds.');
const check = table('Checks without building.');
const run: ToolTable = { ...table('Builds and runs.'), style: 'posix' };
const test = table('Runs tests.', { '--no-run': 'none', '--no-fail-fast': 'none', '--doc': 'none' });

/** cargo(1). What follows `--` belongs to the program that it runs. */
export const cargo: ToolTable = {
  summary: 'Builds and tests Rust.',
  abbreviations: false,
  leadingOptions: { ...general, '-V, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    build,
    b: build,
    check,
    c: check,
    test,
    t: test,
    run,
    r: run,
    bench: test,
    clippy: table('Looks for mistakes.', {
      '--fix': 'none',
      '--allow-dirty': 'none',
      '--allow-staged': 'none',
      '--no-deps': 'none',
    }),
    fmt: table('Formats.', { '--check': 'none' }),
    doc: table('Builds the documentation.', {
      '--no-deps': 'none',
      '--document-private-items': 'none',
      '--open': 'denied',
    }),
    clean: table('Removes what was built.', { '--doc': 'none', '-n, --dry-run': 'none' }),
    tree: table('Shows dependencies.', {
      '-d, --duplicates': 'none',
      '-i, --invert': 'text',
      '--depth': 'text',
      '-e, --edges': 'text',
      '--prefix': 'text',
    }),
    metadata: table('Shows the packages.', { '--format-version': 'text', '--no-deps': 'none' }),
  },
};
