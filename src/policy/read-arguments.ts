import type { CommandRule } from './policy.js';

/** One flag as it was used. A bundle such as `-rf` gives one for each letter. */
export interface Flag {
  /** `-f`, `--force`, `-exec`, or `-#` for a number such as `-20`. */
  readonly name: string;
  /** The whole word it stands in. */
  readonly word: string;
  /** Its value, when it is known or has an `=`. */
  readonly value?: string;
  /** `unknown`: not in the option table, so what is glued to it may be a value. */
  readonly kind: 'text' | 'path' | 'unknown';
}

export interface Arguments {
  readonly flags: readonly Flag[];
  readonly operands: readonly string[];
}

export type ReadingRule = Pick<CommandRule, 'options' | 'style' | 'stopAtOperand' | 'terminalOptions'>;

/** Splits arguments into flags and operands by the program's option table. On doubt a word is a flag. */
export function readArguments(rule: ReadingRule, args: readonly string[]): Arguments {
  const flags: Flag[] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--' && rule.style === 'gnu') {
      const rest = args.slice(at + 1);
      operands.push(...(rule.stopAtOperand ? rest.slice(0, 1) : rest));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      if (rule.stopAtOperand) break;
      continue;
    }
    const read = readFlag(rule, word);
    const last = read.at(-1);
    if (last?.kind !== 'unknown' && last?.value === undefined) {
      const value = args[at + 1];
      // Some values are optional after all (`node -p -r x`): a word like a flag is judged as a flag.
      if (value !== undefined && !(rule.style === 'whole' && /^-[A-Za-z-]/.test(value))) {
        if (last) read[read.length - 1] = { ...last, value };
        at += 1;
      }
    }
    flags.push(...read);
    if (read.some((flag) => rule.terminalOptions.includes(flag.name))) break;
  }
  return { flags, operands };
}

function readFlag(rule: ReadingRule, word: string): Flag[] {
  if (/^-\d+$/.test(word)) return [{ name: '-#', word, kind: 'unknown' }];
  if (rule.style === 'whole' || word.startsWith('--')) return [readLong(rule, word)];
  const flags: Flag[] = [];
  for (const [index, letter] of [...word.slice(1)].entries()) {
    const name = `-${letter}`;
    const kind = optionKind(rule, name);
    if (kind === 'unknown') {
      flags.push({ name, word, kind });
      continue;
    }
    const glued = [...word].slice(index + 2).join('');
    flags.push({ name, word, kind, ...(glued === '' ? {} : { value: glued.replace(/^=/, '') }) });
    break;
  }
  return flags;
}

function readLong(rule: ReadingRule, word: string): Flag {
  const equals = word.indexOf('=');
  if (equals < 0) return { name: word, word, kind: optionKind(rule, word) };
  const name = word.slice(0, equals);
  return { name, word, kind: optionKind(rule, name), value: word.slice(equals + 1) };
}

function optionKind(rule: ReadingRule, name: string): Flag['kind'] {
  return (Object.hasOwn(rule.options, name) && rule.options[name]) || 'unknown';
}
