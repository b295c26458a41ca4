export type Pick = <T>(values: readonly T[]) => T;

/** Of any number of items. */
const BUNCHES = ['', '-r', '-n500', '-x', '-E b', '-P 1', '--', '-0', '-0 -r', "-d '\\n' -n 500"];
/** Of a few. */
const HANDFULS = [
  ...['-n 3', '-L 2', '-l', '-s 90', '-rn2', '--max-args=4', "-d ' '", '-d a -n2', '-s 60 -n 4', '-L1 -x'],
  ...["-d '\\x6c'", '-n2', '-L 3 -E b'],
];
/** One program an item. */
const SINGLES = [
  '-n1',
  '-n 1 -r',
  '-I{}',
  '-I %',
  '-i',
  "-d '\\n' -I{}",
  '-L1',
  "-d '\\n' -n1",
  '-I {} -n 1',
];
const COMMANDS = [
  ...[
    '',
    'echo',
    'echo a',
    'echo -n',
    "printf '<%s>'",
    'cat',
    'ls -d',
    'test -e',
    'false',
    'true',
    'echo {} x{}',
  ],
  ...['echo %{}', 'sh -c \'echo $# "$@"\'', "sh -c 'echo $#; exit 3' x", 'basename -a', "printf '%s,' {} %"],
];
/** They end it before its input has ended. */
const ENDING = ['nosuchprogram', './a.txt', "sh -c 'echo x; exit 255'", "sh -c 'kill -9 $$'", '{} a'];
/** Nothing in what they read can end these early. */
const WHOLE = ["-d '\\n'", "-d '\\n' -n 500", "-d '\\n' -r"];

/** A filter; `whole`: it reads all there is. */
export function makeXargs(pick: Pick, whole: boolean): string {
  if (whole) return `xargs ${pick(WHOLE)} ${pick(COMMANDS)}`.trim();
  const command = pick([...COMMANDS, ...COMMANDS, ...ENDING]);
  const kind = pick(['bunch', 'handful', 'single']);
  if (kind === 'bunch') return `xargs ${pick(BUNCHES)} ${command}`.trim();
  if (kind === 'handful') return `tail -c 150 | xargs ${pick(HANDFULS)} ${command}`.trim();
  // Few, for each is a process.
  return `tail -n ${pick([1, 2, 4])} | tail -c 40 | xargs ${pick(SINGLES)} ${command}`.trim();
}
