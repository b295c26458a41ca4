import type { ToolTable } from '../tool-table.js';

const options: NonNullable<ToolTable['options']> = {
  '--run': 'none',
  '-t, --testNamePattern': 'text',
  '-c, --config': 'read',
  '-r, --root': 'read',
  '--dir': 'read',
  '-u, --update': 'none',
  '--reporter': 'read',
  '--outputFile': 'write',
  '--coverage': 'text?',
  '--coverage.enabled': 'text?',
  '--coverage.reporter': 'text',
  '--coverage.provider': 'text',
  '--mode': 'text',
  '--isolate': 'text?',
  '--no-isolate': 'none',
  '--globals': 'none',
  '--environment': 'read',
  '--passWithNoTests': 'none',
  '--silent': 'text?',
  '--hideSkippedTests': 'none',
  '--logHeapUsage': 'none',
  '--allowOnly': 'none',
  '--bail': 'text',
  '--retry': 'text',
  '--testTimeout': 'text',
  '--hookTimeout': 'text',
  '--pool': 'text',
  '--maxWorkers': 'text',
  '--minWorkers': 'text',
  '--no-file-parallelism': 'none',
  '--fileParallelism': 'text?',
  '--project': 'text',
  '--exclude': 'text',
  '--changed': 'text?',
  '--shard': 'text',
  '--sequence.shuffle': 'text?',
  '--typecheck': 'text?',
  '--color': 'none',
  '--no-color': 'none',
  '--no-coverage': 'none',
  '--no-watch': 'none',
  '--watch=false': 'none',
  '--json': 'text?',
  '-v, --version': 'none',
  '-h, --help': 'none',
  // They never end, or listen.
  '-w, --watch': 'denied',
  '--ui': 'denied',
  '--api': 'denied',
  '--open': 'denied',
  '--inspect, --inspectBrk, --inspect-brk': 'denied',
  '--execArgv': 'denied',
};

function table(summary: string): ToolTable {
  return { summary, abbreviations: false, options, operands: ['text'], startsPrograms: true };
}

/** Vitest runs code of the workspace; without `run` it would wait for changes. */
export const vitest: ToolTable = {
  summary: 'Runs JavaScript tests.',
  abbreviations: false,
  leadingOptions: options,
  startsPrograms: true,
  subcommands: {
    run: table('Runs the tests once.'),
    related: table('Runs the tests of some files.'),
    list: table('Lists the tests.'),
    bench: table('Measures.'),
  },
};
