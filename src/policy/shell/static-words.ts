import type { Word, WordPart } from '../shell/ast.js';
import { isKnown, UNKNOWN, type Value } from '../value.js';
import type { Piece } from './field.js';
import { compilePattern, toChars } from './match-pattern.js';
import type { Scope } from './scope.js';
import { isTrim, trimValue } from './trim-value.js';

/** What one word can become: each alternative is its fields. Without any, it cannot be said. */
export type Alternatives = readonly (readonly Value[])[];

const MAX_ALTERNATIVES = 16;
const MAX_COMBINATIONS = 64;

/** What a command substitution prints, when that can be told from its text alone. */
export type Fold = (part: Extract<WordPart, { kind: 'substitution' }>) => string | undefined;

/** Expands a word as far as its text says, as bash would in an argument. */
export function expandStatically(word: Word, scope: Scope, fold: Fold): Alternatives {
  const [first, ...others] = word.parts;
  if (first?.kind === 'text' && first.text !== '' && others.length === 0) return [[first.text]];
  let drafts: Draft[] = [{ fields: [], open: undefined }];
  for (const part of word.parts) {
    drafts = unfold(part).flatMap((parts) => appendParts(drafts, parts, scope, fold));
    if (drafts.length > MAX_ALTERNATIVES) return [[UNKNOWN]];
  }
  if (word.parts.length === 0) return [['']];
  return drafts.map(({ fields, open }) => (open === undefined ? fields : [...fields, open]));
}

/** `${x:-word}` is `$x` or the word: which one is not told, so that both are looked at. */
function unfold(part: WordPart): readonly (readonly WordPart[])[] {
  if (part.kind !== 'parameter' || part.operator === 'length' || isTrim(part.operator)) return [[part]];
  const { name, quoted, offset } = part;
  const nothing: readonly WordPart[] = quoted ? [{ kind: 'text', text: '', quoted }] : [];
  const word = part.word.length > 0 ? part.word : nothing;
  return part.operator.endsWith('-') ? [[{ kind: 'variable', name, quoted, offset }], word] : [nothing, word];
}

function appendParts(
  drafts: readonly Draft[],
  parts: readonly WordPart[],
  scope: Scope,
  fold: Fold,
): Draft[] {
  let made = [...drafts];
  for (const part of parts) {
    const values = valuesOf(part, scope, fold);
    made = made.flatMap((draft) => values.map((value) => append(draft, part, value)));
    if (made.length > MAX_ALTERNATIVES) break;
  }
  return made;
}

/** The same where nothing is split: an assignment, a redirection's target, a heredoc. */
export function joinStatically(word: Word, scope: Scope, fold: Fold): readonly Value[] {
  const parts = word.parts.map((part): WordPart => {
    if (part.kind !== 'parameter' || isTrim(part.operator)) return quote(part);
    return { ...part, quoted: true, word: part.word.map(quote) };
  });
  return expandStatically({ ...word, parts }, scope, fold).map((fields) => fields[0] ?? '');
}

function quote<T extends WordPart>(part: T): T | Extract<WordPart, { kind: 'text' }> {
  if (part.kind === 'glob') return { kind: 'text', text: part.pattern, quoted: true };
  return { ...part, quoted: true };
}

interface Draft {
  readonly fields: readonly Value[];
  /** The field that the next part joins. */
  readonly open: Value | undefined;
}

function valuesOf(part: WordPart, scope: Scope, fold: Fold): readonly Value[] {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'glob':
      return [UNKNOWN];
    case 'variable':
      return valuesOfName(part.name, scope);
    case 'arithmetic':
      return [NUMBER];
    case 'parameter':
      return part.operator === 'length' ? [NUMBER] : trimStatically(part, valuesOfName(part.name, scope));
    case 'substitution':
      return [fold(part) ?? UNKNOWN];
  }
}

const NUMBER: Value = { prefix: '', example: '0' };

function valuesOfName(name: string, scope: Scope): readonly Value[] {
  if (name === '?') return [NUMBER];
  if (name === 'PWD') return [`/workspace/${scope.cwd}`.replace(/\/$/, '')];
  const values = scope.candidates.get(name) ?? [];
  return scope.assigned.has(name) ? values : ['', ...values];
}

const MAX_STEPS = 20_000;

/** Where it cannot be told what is cut, there may be nothing to cut as well. */
function trimStatically(
  { operator, word }: Extract<WordPart, { kind: 'parameter' }>,
  values: readonly Value[],
): readonly Value[] {
  const field = word.map((part): Piece | undefined => {
    if (part.kind === 'variable') return undefined;
    return part.kind === 'text' ? part : { text: part.pattern, quoted: false };
  });
  const pattern = field.every((piece) => piece !== undefined) ? compilePattern(toChars(field)) : undefined;
  return values.flatMap((value): readonly Value[] => {
    const cut =
      isKnown(value) && pattern && isTrim(operator)
        ? trimValue(value, operator, pattern, MAX_STEPS)
        : undefined;
    return cut === undefined ? [value, UNKNOWN] : [cut];
  });
}

function append(draft: Draft, part: WordPart, value: Value): Draft {
  const splits = part.kind !== 'glob' && !part.quoted && (part.kind !== 'text' || /[ \t]/.test(part.text));
  if (!splits) return { ...draft, open: join(draft.open, value) };
  if (!isKnown(value) || /[*?[\\]/.test(value)) {
    // It may be several fields, or none; one stands for all.
    return { ...draft, open: join(draft.open, isKnown(value) ? UNKNOWN : value) };
  }
  const pieces = value.split(/[ \t\n]+/);
  const fields = [...draft.fields];
  let { open } = draft;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && open !== undefined) {
      fields.push(open);
      open = undefined;
    }
    if (piece !== '') open = join(open, piece);
  }
  return { fields, open };
}

function join(open: Value | undefined, value: Value): Value {
  if (open === undefined) return value;
  if (isKnown(open)) {
    if (isKnown(value)) return open + value;
    return { prefix: open + value.prefix, example: open + value.example };
  }
  return { prefix: open.prefix, example: open.example + (isKnown(value) ? value : value.example) };
}

/** The same for variables, each with its values. */
export function combineVariables(
  variables: readonly (readonly [string, readonly Value[]])[],
): readonly Readonly<Record<string, Value>>[] {
  let made: readonly Readonly<Record<string, Value>>[] = [{}];
  for (const [name, values] of variables) {
    made = made.flatMap((env) => values.map((value) => ({ ...env, [name]: value })));
    if (made.length > MAX_COMBINATIONS) return [{ [name]: UNKNOWN }];
  }
  return made;
}

/** Every way to choose one alternative a word; too many become one of which nothing but the program is known. */
export function combine(words: readonly Alternatives[]): readonly (readonly Value[])[] {
  if (words.every(({ length }) => length === 1)) return [words.flatMap(([fields = []]) => fields)];
  let made: (readonly Value[])[] = [[]];
  for (const alternatives of words) {
    made = made.flatMap((head) => alternatives.map((fields) => [...head, ...fields]));
    if (made.length > MAX_COMBINATIONS) {
      return [words.flatMap((choices) => (choices.length === 1 ? (choices[0] ?? []) : [UNKNOWN]))];
    }
  }
  return made;
}
