import type { ReadOption } from './read-options.js';
import { isKnown } from './value.js';

/** What the options of xargs come to, by the rules of GNU findutils 4.9. Numbers are bounded by what a `number` holds. */
export interface XargsSettings {
  /** The byte between items; absent: blanks and line ends, with quotes and backslashes. */
  readonly delimiter?: number;
  /** The item that ends the input. */
  readonly endItem?: string;
  /** Replaced in the words of the command, which then runs once a line. */
  readonly replace?: string;
  /** Items of one command. */
  readonly items?: number;
  /** Input lines of one command. */
  readonly lines?: number;
  /** Bytes of one command. */
  readonly maxBytes?: number;
  /** A command that would be too long ends it all. */
  readonly exact: boolean;
  readonly runsWhenEmpty: boolean;
  /** Each command is shown before it runs. */
  readonly trace: boolean;
  /** At once; 0: as many as possible. */
  readonly processes: number;
  /** Read instead of the standard input. */
  readonly file?: string;
  /** Only this is asked for. */
  readonly about?: 'help' | 'version';
  readonly warnings: readonly string[];
}

const MAX_NUMBER = 2 ** 31 - 1;

export type XargsReading =
  | { readonly ok: true; readonly settings: XargsSettings }
  | { readonly ok: false; readonly reason: string };

/** Follows the options in their order: of those that exclude each other the last one holds. */
export function readSettings(options: readonly ReadOption[]): XargsReading {
  let settings: XargsSettings = {
    exact: false,
    runsWhenEmpty: true,
    trace: false,
    processes: 1,
    warnings: [],
  };
  for (const { option, value } of options) {
    if (value !== undefined && !isKnown(value)) return wrong('a value would only be known when it runs');
    const next = apply(settings, option.spellings[0] ?? '', value);
    if (typeof next === 'string') return wrong(next);
    settings = next;
    if (settings.about !== undefined) break;
  }
  const exact = settings.exact || settings.replace !== undefined || settings.lines !== undefined;
  const warnings =
    settings.delimiter !== undefined && settings.endItem !== undefined
      ? [...settings.warnings, 'the -E option has no effect if -0 or -d is used.\n']
      : settings.warnings;
  return { ok: true, settings: { ...settings, exact, warnings } };
}

function apply(settings: XargsSettings, name: string, value: string | undefined): XargsSettings | string {
  switch (name) {
    case '-0':
      return { ...settings, delimiter: 0 };
    case '-d':
      return withDelimiter(settings, value ?? '');
    case '-E':
    case '-e':
      return withoutField({ ...settings, endItem: value ?? '' }, value ? undefined : 'endItem');
    case '-I':
    case '-i':
      return exclude({ ...settings, replace: value ?? '{}' }, '--replace/-I/-i', ['items', 'lines']);
    case '-L':
    case '-l':
      return withNumber(value ?? '1', name, 1, (lines) =>
        exclude({ ...settings, lines }, name === '-L' ? name : '--max-lines/-l', ['items', 'replace']),
      );
    case '-n':
      return withNumber(value ?? '', name, 1, (items) => {
        // One line is one item there already.
        if (items === 1 && settings.replace !== undefined) return withoutField(settings, 'items');
        return exclude({ ...settings, items }, '--max-args/-n', ['lines', 'replace']);
      });
    case '-s':
      return withNumber(value ?? '', name, 0, (bytes) => ({ ...settings, maxBytes: Math.max(1, bytes) }));
    case '-P':
      return withNumber(value ?? '', name, 0, (processes) => ({ ...settings, processes }));
    case '-x':
      return { ...settings, exact: true };
    case '-r':
      return { ...settings, runsWhenEmpty: false };
    case '-t':
      return { ...settings, trace: true };
    case '-a':
      return { ...settings, file: value ?? '' };
    case '--help':
      return { ...settings, about: 'help' };
    case '--version':
      return { ...settings, about: 'version' };
    default:
      return `the option ${name} is not supported here`;
  }
}

type Field = 'items' | 'lines' | 'replace' | 'endItem';

const longNames = {
  items: '--max-args',
  lines: '--max-lines',
  replace: '--replace',
  endItem: '--eof',
} as const;

function exclude(settings: XargsSettings, kept: string, others: readonly Field[]): XargsSettings {
  let left = settings;
  for (const name of others) {
    if (left[name] === undefined) continue;
    const warning = `options ${longNames[name]} and ${kept} are mutually exclusive, ignoring previous ${longNames[name]} value`;
    left = withoutField({ ...left, warnings: [...left.warnings, warning] }, name);
  }
  return left;
}

function withoutField(settings: XargsSettings, name: Field | undefined): XargsSettings {
  if (name === undefined) return settings;
  const { [name]: _, ...rest } = settings;
  return rest;
}

function withNumber(
  text: string,
  name: string,
  least: number,
  use: (value: number) => XargsSettings,
): XargsSettings | string {
  if (!/^[ \t\n\v\f\r]*[+-]?\d+$/.test(text)) return `invalid number "${text}" for ${name} option`;
  const value = Math.min(Number(text), MAX_NUMBER);
  return value < least ? `value ${text} for ${name} option should be >= ${least}` : use(value);
}

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
};

function withDelimiter(settings: XargsSettings, text: string): XargsSettings | string {
  const bad = `the delimiter must be one byte, or an escape sequence that starts with \\`;
  if (!text.startsWith('\\') || text.length === 1) {
    const code = text.charCodeAt(0);
    return text.length === 1 && code < 128 ? { ...settings, delimiter: code } : bad;
  }
  const simple = text.length === 2 ? escapes[text[1] ?? ''] : undefined;
  if (simple !== undefined) return { ...settings, delimiter: simple };
  const [, hex, octal] = /^\\(?:x([0-9A-Fa-f]*)|([0-7]+))$/.exec(text) ?? [];
  // As with strtoul(3), no digit at all is 0.
  const code = hex === undefined ? Number.parseInt(octal ?? '400', 8) : Number.parseInt(hex || '0', 16);
  return code < 256 ? { ...settings, delimiter: code } : bad;
}

function wrong(reason: string): XargsReading {
  return { ok: false, reason };
}
