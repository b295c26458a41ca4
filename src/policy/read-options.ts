import { type CompiledOption, type CompiledTable, compileOption } from './compile-table.js';
import { beginning, isKnown, type Value, withoutStart } from './value.js';

export interface ReadOption {
  readonly option: CompiledOption;
  /** As it was written, for messages. */
  readonly word: Value;
  readonly value?: Value;
  /** Where it stands among the words, when it is find's. */
  readonly at: number;
  /** The nested command of an option that runs one: where it begins, and whether it ends in `{} +`. */
  readonly command?: { readonly words: readonly Value[]; readonly start: number; readonly several: boolean };
}

export interface Reading {
  readonly ok: true;
  readonly options: readonly ReadOption[];
  readonly operands: readonly Value[];
  /** How many options stand before each operand. */
  readonly optionsBefore: readonly number[];
  /** Where the first operand stands among the words; their number when there is none. */
  readonly firstOperand: number;
}

export interface Misread {
  readonly ok: false;
  readonly word: Value;
  readonly reason: string;
}

/**
 * Reads a tool's arguments as the tool will, by its table. Follows POSIX's utility syntax guidelines and
 * getopt_long(3): bundles, glued values, `=`, unambiguous abbreviations, `--`.
 */
export function readOptions(compiled: CompiledTable, words: readonly Value[]): Reading | Misread {
  return new OptionReader(compiled, words).read();
}

class OptionReader {
  readonly #compiled: CompiledTable;
  readonly #words: readonly Value[];
  readonly #options: ReadOption[] = [];
  readonly #operands: Value[] = [];
  readonly #optionsBefore: number[] = [];
  #at = 0;
  #firstOperand: number;

  constructor(compiled: CompiledTable, words: readonly Value[]) {
    this.#compiled = compiled;
    this.#words = words;
    this.#firstOperand = words.length;
  }

  read(): Reading | Misread {
    const { style = 'gnu', noOptions, bundleFirst } = this.#compiled.table;
    let ended = noOptions === true;
    if (bundleFirst === true) {
      const misread = this.#readBundleFirst();
      if (misread !== undefined) return misread;
    }
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at] ?? '';
      this.#at += 1;
      if (ended || this.#isOperand(word)) {
        this.#addOperand(word);
        // Nothing after the first operand is an option then.
        if (style === 'posix') ended = true;
      } else if (word === '--' && style !== 'words') {
        ended = true;
      } else {
        const misread = this.#readOption(word);
        if (misread !== undefined) return misread;
      }
    }
    return {
      ok: true,
      options: this.#options,
      operands: this.#operands,
      optionsBefore: this.#optionsBefore,
      firstOperand: this.#firstOperand,
    };
  }

  /** tar's old form: letters in the first word, then the values of those that take one, in order. */
  #readBundleFirst(): Misread | undefined {
    const word = this.#words[0];
    if (word === undefined || beginning(word).startsWith('-')) return undefined;
    this.#at = 1;
    if (!isKnown(word)) return made(word);
    for (const letter of word) {
      const option = this.#compiled.bySpelling.get(`-${letter}`);
      if (option === undefined) return unknown(word);
      const misread =
        option.value === 'required' ? this.#takeNext(option, word) : this.#add({ option, word });
      if (misread !== undefined) return misread;
    }
    return undefined;
  }

  #addOperand(word: Value): void {
    if (this.#operands.length === 0) this.#firstOperand = this.#at - 1;
    this.#operands.push(word);
    this.#optionsBefore.push(this.#options.length);
  }

  #isOperand(word: Value): boolean {
    const start = beginning(word);
    if (!start.startsWith('-') || word === '-') return true;
    return isKnown(word) && this.#compiled.table.literalWords?.includes(word) === true;
  }

  #readOption(word: Value): Misread | undefined {
    const { style, numberOption, equalsValue } = this.#compiled.table;
    const text = beginning(word);
    if (numberOption === true && isKnown(word) && /^-\d+$/.test(word)) return undefined;
    if (style === 'words' || equalsValue === true) return this.#readWhole(word);
    return text.startsWith('--') ? this.#readLong(word) : this.#readShort(word);
  }

  #readWhole(word: Value): Misread | undefined {
    const option = isKnown(word) ? this.#compiled.bySpelling.get(word) : undefined;
    if (option === undefined) return this.#readWithEquals(word);
    if (option.command) return this.#readCommand(option, word);
    if (option.ends) this.#at = this.#words.length;
    if (option.value === 'none') return this.#add({ option, word });
    return this.#takeNext(option, word);
  }

  /** Go's `-run=TestA`; a switch may be given as `-race=false`. */
  #readWithEquals(word: Value): Misread | undefined {
    const text = beginning(word);
    const equals = text.indexOf('=');
    if (this.#compiled.table.equalsValue !== true || equals < 0) return unknown(word);
    const option = this.#compiled.bySpelling.get(text.slice(0, equals));
    if (option === undefined) return unknown(word);
    const value = withoutStart(word, equals + 1);
    if (option.value === 'none' && option.kind !== 'denied' && value !== 'true' && value !== 'false')
      return { ok: false, word, reason: 'takes no value' };
    return this.#add({ option, word, value });
  }

  /** find's -exec: up to `;`, or to `{} +`. */
  #readCommand(option: CompiledOption, word: Value): Misread | undefined {
    const start = this.#at;
    const command: Value[] = [];
    while (this.#at < this.#words.length) {
      const next = this.#words[this.#at] ?? '';
      this.#at += 1;
      const several = next === '+' && command.at(-1) === '{}';
      if (next === ';' || several)
        return this.#add({ option, word, command: { words: command, start, several } });
      command.push(next);
    }
    return { ok: false, word, reason: 'its command is not ended by ";" or "{} +"' };
  }

  #readLong(word: Value): Misread | undefined {
    const text = beginning(word);
    const equals = text.indexOf('=');
    if (equals < 0 && !isKnown(word)) return made(word);
    const name = equals < 0 ? text : text.slice(0, equals);
    const found = this.#findLong(name);
    if (found === undefined) return this.#readOther(word);
    if (found === 'ambiguous') return { ok: false, word, reason: 'is an ambiguous abbreviation' };
    if (equals < 0) {
      return found.value === 'required' ? this.#takeNext(found, word) : this.#add({ option: found, word });
    }
    if (found.value === 'none' && found.kind !== 'denied')
      return { ok: false, word, reason: 'takes no value' };
    return this.#add({ option: found, word, value: withoutStart(word, equals + 1) });
  }

  #findLong(name: string): CompiledOption | 'ambiguous' | undefined {
    const exact = this.#compiled.bySpelling.get(name);
    if (exact !== undefined || this.#compiled.table.abbreviations === false) return exact;
    if (name.length < 3) return undefined;
    const candidates = this.#compiled.longSpellings.filter((spelling) => spelling.startsWith(name));
    const options = new Set(candidates.map((spelling) => this.#compiled.bySpelling.get(spelling)));
    const [only] = options;
    return options.size > 1 ? 'ambiguous' : only;
  }

  #readShort(word: Value): Misread | undefined {
    const text = beginning(word);
    // Tools with long options of one dash have them as whole words.
    const whole = isKnown(word) ? this.#compiled.bySpelling.get(word) : undefined;
    if (whole !== undefined && text.length > 2) {
      return whole.value === 'required' ? this.#takeNext(whole, word) : this.#add({ option: whole, word });
    }
    if (this.#compiled.table.wholeShort === true && text.length > 2) return this.#readOther(word);
    for (let at = 1; at < text.length; at += 1) {
      const option = this.#compiled.bySpelling.get(`-${text[at]}`);
      if (option === undefined) return this.#readOther(word);
      if (at + 1 < text.length && this.#isLonger(text, at)) return unknown(word);
      if (option.value === 'none') {
        this.#add({ option, word });
        continue;
      }
      const glued = withoutStart(word, at + 1);
      if (at + 1 < text.length || !isKnown(word)) return this.#add({ option, word, value: glued });
      return option.value === 'glued' ? this.#add({ option, word }) : this.#takeNext(option, word);
    }
    return isKnown(word) ? undefined : made(word);
  }

  /** zip reads the longer of two names: `-TTsh` gives -TT its value. */
  #isLonger(text: string, at: number): boolean {
    const longer = this.#compiled.bySpelling.get(text.slice(at - 1, at + 2).replace(/^./, '-'));
    return longer !== undefined && longer.kind !== 'none';
  }

  /** An option of the script that is run: what follows `=` may be a path. */
  #readOther(word: Value): Misread | undefined {
    if (this.#compiled.table.otherOptions !== true) return unknown(word);
    const equals = beginning(word).indexOf('=');
    if (equals < 0) return isKnown(word) ? undefined : made(word);
    return this.#add({ option: scriptOption, word, value: withoutStart(word, equals + 1) });
  }

  #takeNext(option: CompiledOption, word: Value): Misread | undefined {
    const value = this.#words[this.#at];
    if (value === undefined || (this.#compiled.table.dashValues === false && /^-./.test(beginning(value))))
      return { ok: false, word, reason: 'lacks its value' };
    this.#at += 1;
    this.#add({ option, word, value });
    const { second } = option;
    if (second === undefined) return undefined;
    return this.#takeNext({ ...option, kind: second, second: undefined, pattern: undefined }, word);
  }

  #add(option: Omit<ReadOption, 'at'>): undefined {
    this.#options.push({ ...option, at: this.#at - 1 });
    return undefined;
  }
}

const scriptOption = compileOption([], { takes: 'write' });

function unknown(word: Value): Misread {
  return { ok: false, word, reason: 'is not among the options known of this tool' };
}

function made(word: Value): Misread {
  return { ok: false, word, reason: 'is an option that would only be known when it runs' };
}
