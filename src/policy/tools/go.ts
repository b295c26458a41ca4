import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const building: Options = {
  '-v, --v': 'none',
  '-x, --x': 'none',
  '-n, --n': 'none',
  '-a, --a': 'none',
  '-p, --p': 'text',
  '-race, --race': 'none',
  '-cover, --cover': 'none',
  '-covermode, --covermode': 'text',
  '-coverpkg, --coverpkg': 'text',
  '-tags, --tags': 'text',
  '-ldflags, --ldflags': 'text',
  '-gcflags, --gcflags': 'text',
  '-trimpath, --trimpath': 'none',
  '-buildvcs, --buildvcs': 'text?',
  '-mod, --mod': 'text',
  '-json, --json': 'none',
  '-o, --o': 'write',
  // A wrapper of every step, other files in place of the given ones, another folder.
  '-exec, --exec': 'program',
  '-toolexec, --toolexec': 'program',
  '-vettool, --vettool': 'program',
  '-overlay, --overlay': 'denied=',
  '-modfile, --modfile': 'denied=',
  '-C, --C': 'denied=',
  '-pkgdir, --pkgdir': 'denied=',
};

const testing: Options = {
  '-run, --run': 'text',
  '-skip, --skip': 'text',
  '-bench, --bench': 'text',
  '-benchmem, --benchmem': 'none',
  '-benchtime, --benchtime': 'text',
  '-count, --count': 'text',
  '-timeout, --timeout': 'text',
  '-parallel, --parallel': 'text',
  '-cpu, --cpu': 'text',
  '-short, --short': 'none',
  '-failfast, --failfast': 'none',
  '-list, --list': 'text',
  '-vet, --vet': 'text',
  '-shuffle, --shuffle': 'text',
  '-c, --c': 'none',
  '-coverprofile, --coverprofile': 'write',
};

function table(summary: string, options: Options = building, more: Partial<ToolTable> = {}): ToolTable {
  return {
    summary,
    style: 'words',
    options,
    operands: ['read'],
    startsPrograms: true,
    writes: true,
    ...more,
  };
}

/** The go command. Its options have one dash or two and are never bundled. */
export const go: ToolTable = {
  summary: 'Builds and tests Go.',
  startsPrograms: true,
  abbreviations: false,
  subcommands: {
    build: table('Builds.'),
    install: table('Builds and installs.'),
    vet: table('Looks for mistakes.'),
    test: table('Runs tests.', { ...building, ...testing }),
    run: table('Builds and runs.', building, {
      style: 'posix',
      abbreviations: false,
      operands: ['read', 'text'],
    }),
    fmt: table('Formats.', { '-n': 'none', '-x': 'none' }),
    generate: table('Runs the commands that the sources name.', {
      '-n': 'none',
      '-v': 'none',
      '-x': 'none',
      '-run': 'text',
    }),
    list: table('Lists packages.', {
      ...building,
      '-m': 'none',
      '-f': 'text',
      '-deps': 'none',
      '-test': 'none',
      '-e': 'none',
    }),
    clean: table('Removes what was built.', {
      '-cache': 'none',
      '-testcache': 'none',
      '-n': 'none',
      '-x': 'none',
    }),
    version: table('Prints the version.', {}, { writes: false, operands: [] }),
    env: table('Prints settings.', { '-json': 'none' }, { operands: ['text'] }),
    doc: table(
      'Prints documentation.',
      { '-all': 'none', '-short': 'none', '-src': 'none', '-u': 'none' },
      { operands: ['text'] },
    ),
    mod: {
      summary: 'Keeps go.mod.',
      subcommands: {
        tidy: table(
          'Makes go.mod fit the sources.',
          { '-v': 'none', '-e': 'none', '-x': 'none' },
          { operands: [] },
        ),
        download: table('Fetches modules.', { '-x': 'none', '-json': 'none' }, { operands: ['text'] }),
        verify: table('Checks modules.', {}, { operands: [] }),
        vendor: table('Copies modules.', { '-v': 'none', '-e': 'none' }, { operands: [] }),
        graph: table('Shows dependencies.', {}, { operands: [] }),
        why: table(
          'Tells why a module is needed.',
          { '-m': 'none', '-vendor': 'none' },
          { operands: ['text'] },
        ),
        init: table('Makes go.mod.', {}, { operands: ['text'] }),
      },
    },
  },
};
