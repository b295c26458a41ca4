import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

/** A package of the workspace or the standard library; with a version it would be fetched. */
const noVersion = /^(?!.*@)/;

/** Flags of the linker and the compiler: none that starts a program or writes a file. */
const linkerFlags =
  /^(?!.*-(?:extld|extar|cpuprofile|memprofile|blockprofile|mutexprofile|o|importcfg|libgcc|tmpdir|outbuf|L|r|I)(?:[=\s]|$))(?!.*-extldflags(?![=\s]+['"]?-static['"]?(?:\s|$)))/;
const compilerFlags =
  /^(?!.*-(?:cpuprofile|memprofile|blockprofile|mutexprofile|traceprofile|o|asmhdr|symabis|importcfg|embedcfg|linkobj|bench|json|I|pgoprofile)(?:[=\s]|$))/;

const building: Options = {
  '-v, --v': 'none',
  '-x, --x': 'none',
  '-n, --n': 'none',
  '-a, --a': 'none',
  '-p, --p': 'text',
  '-race, --race': 'none',
  '-msan, --msan': 'none',
  '-asan, --asan': 'none',
  '-work, --work': 'none',
  '-asmflags, --asmflags': { takes: 'text', pattern: compilerFlags },
  '-cover, --cover': 'none',
  '-covermode, --covermode': 'text',
  '-coverpkg, --coverpkg': 'text',
  '-tags, --tags': 'text',
  '-ldflags, --ldflags': { takes: 'text', pattern: linkerFlags },
  '-gcflags, --gcflags': { takes: 'text', pattern: compilerFlags },
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
  '-args, --args': { takes: 'none', ends: true },
  '-short, --short': 'none',
  '-failfast, --failfast': 'none',
  '-list, --list': 'text',
  '-vet, --vet': 'text',
  '-shuffle, --shuffle': 'text',
  '-c, --c': 'none',
  '-coverprofile, --coverprofile': 'write',
  '-outputdir, --outputdir': 'write',
  '-cpuprofile, --cpuprofile': 'write',
  '-memprofile, --memprofile': 'write',
  '-blockprofile, --blockprofile': 'write',
  '-mutexprofile, --mutexprofile': 'write',
  '-trace, --trace': 'write',
  '-fullpath, --fullpath': 'none',
  '-fuzz, --fuzz': 'text',
  '-fuzztime, --fuzztime': 'text',
  '-fuzzminimizetime, --fuzzminimizetime': 'text',
  '-artifacts, --artifacts': 'none',
};

function table(summary: string, options: Options = building, more: Partial<ToolTable> = {}): ToolTable {
  return {
    summary,
    style: 'words',
    equalsValue: true,
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
    install: table('Builds and installs.', building, { operandPatterns: [noVersion] }),
    vet: table('Looks for mistakes.', {
      ...building,
      '-composites, -copylocks, -printf, -shadow, -structtag, -unusedresult, -unreachable, -lostcancel':
        'none',
    }),
    test: table('Runs tests.', { ...building, ...testing }),
    run: table('Builds and runs.', building, {
      style: 'posix',
      abbreviations: false,
      operands: ['read', 'text'],
      operandPatterns: [noVersion, /^/],
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
      '-u': 'none',
      '-versions': 'none',
      '-compiled': 'none',
      '-find': 'none',
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
    get: table(
      'Changes what go.mod asks for.',
      { '-u': 'text?', '-t': 'none', '-v': 'none', '-x': 'none' },
      { operands: ['text'], operandPatterns: [/^\.{1,2}(?:\/|$)(?!.*@)/] },
    ),
    work: {
      summary: 'Keeps go.work.',
      subcommands: {
        sync: table('Makes the modules fit the workspace.', {}, { operands: [] }),
        use: table('Adds modules.', { '-r': 'none' }, { operands: ['write'] }),
      },
    },
    tool: {
      summary: 'Runs tools of the distribution.',
      subcommands: {
        cover: table(
          'Shows coverage.',
          { '-func, --func': 'read', '-html, --html': 'read', '-o, --o': 'write' },
          { operands: ['read'] },
        ),
      },
    },
    mod: {
      summary: 'Keeps go.mod.',
      subcommands: {
        tidy: table(
          'Makes go.mod fit the sources.',
          { '-v': 'none', '-e': 'none', '-x': 'none' },
          { operands: [] },
        ),
        download: table(
          'Fetches modules.',
          { '-x': 'none', '-json': 'none' },
          {
            operands: [],
          },
        ),
        edit: table(
          'Changes go.mod.',
          {
            '-json, -print, -fmt': 'none',
            '-go, -toolchain, -module, -require, -droprequire, -exclude, -dropreplace': 'text',
          },
          { operands: [] },
        ),
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
