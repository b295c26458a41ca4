import { reservedVariables } from './reserved-variables.js';

/** What a `read` was asked for. */
export interface ReadArguments {
  /** `-r`: a backslash is a character like any other. */
  readonly raw: boolean;
  /** The byte that ends what is read. */
  readonly delimiter: number;
  /** Without any, the whole line goes into REPLY. */
  readonly names: readonly string[];
}

const LINE_END = 10;
const BACKSLASH = 92;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The arguments of `read`, or why they are not supported. */
export function parseRead(args: readonly string[]): ReadArguments | string {
  let [raw, delimiter, index] = [false, LINE_END, 0];
  for (; /^-./.test(args[index] ?? ''); index += 1) {
    const word = args[index] ?? '';
    if (word === '--') {
      index += 1;
      break;
    }
    const [, flags = '', last, glued = ''] = /^-(r*)(d?)(.*)$/s.exec(word) ?? [];
    raw ||= flags !== '';
    if (last !== 'd') {
      if (glued !== '') return 'it takes only the options -r and -d';
      continue;
    }
    if (glued === '') index += 1;
    const code = readDelimiter(glued === '' ? args[index] : glued);
    if (code === undefined) return 'after -d it takes one plain character, or the empty word';
    delimiter = code;
  }
  const names = args.slice(index);
  const wrong = names.map(refuseName).find((reason) => reason !== undefined);
  return wrong ?? { raw, delimiter, names };
}

/** The empty word stands for NUL. */
function readDelimiter(word: string | undefined): number | undefined {
  if (word === '') return 0;
  const code = word?.length === 1 ? word.charCodeAt(0) : 0;
  return code > 0 && code < 128 && code !== BACKSLASH ? code : undefined;
}

function refuseName(name: string): string | undefined {
  if (!NAME.test(name)) return 'it takes only names of variables';
  // What `read` itself uses when it is given no name.
  if (name === 'REPLY' || !reservedVariables.has(name)) return undefined;
  return `the variable ${name} steers programs and may not be set`;
}
