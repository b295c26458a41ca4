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

function table(summary: string, options: Options = {}, more: Partial<ToolTable> = {}): ToolTable {
  return {
    summary,
    abbreviations: false,
    options: { ...building, ...options },
    operands: ['text'],
    startsPrograms: true,
    writes: true,
    ...more,
  };
}

const fixing: Options = {
  '--fix': 'none',
  '--allow-dirty': 'none',
  '--allow-staged': 'none',
  '--allow-no-vcs': 'none',
  '--no-deps': 'none',
};

const lints = /^(?:-[AWDF]|-[AWDF][\w:-]+|--(?:allow|warn|deny|forbid|cap-lints)(?:=[\w:-]+)?|\w[\w:-]*)$/;

const adding: Options = {
  '--dev': 'none',
  '--build': 'none',
  '--optional': 'none',
  '--no-optional': 'none',
  '--default-features': 'none',
  '--rename': 'text',
  '-n, --dry-run': 'none',
  // Packages from elsewhere.
  '--git': 'denied=',
  '--registry': 'denied=',
  '--path': 'read',
};

/** A package and its version, or a folder of the workspace. */
const crate = /^(?!\/|.*\.\.|.*:\/\/)/;

const build = table('Builds.');
const check = table('Checks without building.');
const run: ToolTable = { ...table('Builds and runs.'), style: 'posix' };
const test = table('Runs tests.', { '--no-run': 'none', '--no-fail-fast': 'none', '--doc': 'none' });

const nextest = table('Runs tests by cargo-nextest.', {
  '--no-run': 'none',
  '--no-fail-fast': 'none',
  '--retries': 'text',
  '-E, --filterset, --filter-expr': 'text',
  '--no-capture, --nocapture': 'none',
  '--run-ignored': 'text',
  '--status-level': 'text',
  '--final-status-level': 'text',
});

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
    // After `--` stand the compiler's options: only those that say what counts as a mistake.
    clippy: table('Looks for mistakes.', fixing, { operandPatterns: [lints] }),
    fix: table('Corrects what the compiler complains of.', fixing),
    // After `--` stand the formatter's options.
    fmt: table(
      'Formats.',
      { '--check': 'none' },
      { operands: ['write'], operandPatterns: [/^(?!--(?:config|print-config|help))/] },
    ),
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
    add: table('Adds dependencies.', adding, { operandPatterns: [crate] }),
    remove: table('Removes dependencies.', { '--dev': 'none', '--build': 'none', '-n, --dry-run': 'none' }),
    update: table('Changes Cargo.lock.', {
      '-w': 'none',
      '--precise': 'text',
      '--recursive, --aggressive': 'none',
      '-n, --dry-run': 'none',
    }),
    'generate-lockfile': table('Makes Cargo.lock.'),
    version: table('Prints the version.'),
    pkgid: table('Shows the name of a package.'),
    'locate-project': table('Shows where Cargo.toml is.'),
    nextest: {
      summary: 'Runs tests.',
      abbreviations: false,
      leadingOptions: general,
      subcommands: { run: nextest, list: nextest },
    },
    expand: table('Shows what macros make.', { '--ugly': 'none', '--theme': 'text' }),
    'llvm-cov': table('Measures what tests cover.', {
      '--summary-only, --html, --text, --json, --lcov, --no-report, --no-clean': 'none',
      '--output-path, --output-dir': 'write',
      '--ignore-filename-regex, --fail-under-lines': 'text',
      '--open': 'denied',
    }),
    metadata: table('Shows the packages.', { '--format-version': 'text', '--no-deps': 'none' }),
  },
};
