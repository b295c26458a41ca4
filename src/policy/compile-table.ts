import type { ArgumentKind, OptionMeaning, ToolTable } from './tool-table.js';

/** What an option's value is, without the question whether it must be there. */
export type ValueKind =
  | 'none'
  | 'text'
  | 'read'
  | 'write'
  | 'program'
  | 'denied'
  | 'sed-script'
  | 'awk-program';

export interface CompiledOption {
  /** Every spelling; the first is its name in messages. */
  readonly spellings: readonly string[];
  readonly kind: ValueKind;
  /** `none`: takes nothing. `glued`: only in the same word. `required`: in the same word or the next. */
  readonly value: 'none' | 'glued' | 'required';
  readonly makes: OptionMeaning['makes'];
  readonly replacesFirstOperand: boolean;
  readonly command: boolean;
  readonly module: boolean;
  readonly readsWith: readonly string[];
  readonly second: 'text' | 'read' | undefined;
  readonly pattern: RegExp | undefined;
  readonly removes: boolean;
  readonly ends: boolean;
  readonly changesDirectory: OptionMeaning['changesDirectory'];
  readonly fromDirectory: boolean;
}

export interface CompiledTable {
  readonly table: ToolTable;
  readonly bySpelling: ReadonlyMap<string, CompiledOption>;
  readonly longSpellings: readonly string[];
}

// Tables are constants; each is indexed once, when it is first asked for.
const compiled = new WeakMap<ToolTable, CompiledTable>();
const leading = new WeakMap<ToolTable, CompiledTable>();

export function compileTable(table: ToolTable): CompiledTable {
  const known = compiled.get(table);
  if (known !== undefined) return known;
  const made = compile(table, table.options ?? {});
  compiled.set(table, made);
  return made;
}

/** The options that stand before a sub-command. */
export function compileLeading(table: ToolTable): CompiledTable {
  const known = leading.get(table);
  if (known !== undefined) return known;
  const made = compile({ ...table, style: 'posix' }, table.leadingOptions ?? {});
  leading.set(table, made);
  return made;
}

function compile(table: ToolTable, options: NonNullable<ToolTable['options']>): CompiledTable {
  const bySpelling = new Map<string, CompiledOption>();
  for (const [key, meaning] of Object.entries(options)) {
    const spellings = key.split(/,\s*/);
    const option = compileOption(spellings, typeof meaning === 'string' ? { takes: meaning } : meaning);
    for (const spelling of spellings) bySpelling.set(spelling, option);
  }
  return { table, bySpelling, longSpellings: [...bySpelling.keys()].filter((name) => name.startsWith('--')) };
}

export function compileOption(spellings: readonly string[], meaning: OptionMeaning): CompiledOption {
  return {
    spellings,
    kind: kindOf(meaning.takes),
    value: valueFor(meaning.takes),
    makes: meaning.makes,
    replacesFirstOperand: meaning.replacesFirstOperand ?? false,
    command: meaning.command ?? false,
    module: meaning.module ?? false,
    readsWith: meaning.readsWith ?? [],
    second: meaning.second,
    pattern: meaning.pattern,
    removes: meaning.removes ?? false,
    ends: meaning.ends ?? false,
    changesDirectory: meaning.changesDirectory,
    fromDirectory: meaning.fromDirectory ?? false,
  };
}

function kindOf(takes: ArgumentKind): ValueKind {
  switch (takes) {
    case 'text?':
      return 'text';
    case 'read?':
      return 'read';
    case 'write?':
      return 'write';
    case 'program?':
      return 'program';
    case 'denied?':
    case 'denied=':
      return 'denied';
    default:
      return takes;
  }
}

function valueFor(takes: ArgumentKind): CompiledOption['value'] {
  // A denied option ends the matter; how its value is given does not.
  if (takes === 'none' || takes === 'denied') return 'none';
  return takes.endsWith('?') ? 'glued' : 'required';
}
