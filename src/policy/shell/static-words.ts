import type { Word, WordPart } from '../shell/ast.js';
import { isKnown, UNKNOWN, type Value } from '../value.js';
import type { Scope } from './scope.js';

/** What one word can become: each alternative is its fields. Without any, it cannot be said. */
export type Alternatives = readonly (readonly Value[])[];

const MAX_ALTERNATIVES = 16;
export const MAX_COMBINATIONS = 64;

/** What a command substitution prints, when that can be told from its text alone. */
export type Fold = (part: Extract<WordPart, { kind: 'substitution' }>) => string | undefined;

/** Expands a word as far as its text says, as bash would in an argument. */
export function expandStatically(word: Word, scope: Scope, fold: Fold): Alternatives {
  let drafts: Draft[] = [{ fields: [], open: undefined }];
  for (const part of word.parts) {
    const values = valuesOf(part, scope, fold);
    drafts = drafts.flatMap((draft) => values.map((value) => append(draft, part, value)));
    if (drafts.length > MAX_ALTERNATIVES) return [[UNKNOWN]];
  }
  if (word.parts.length === 0) return [['']];
  return drafts.map(({ fields, open }) => (open === undefined ? fields : [...fields, open]));
}

/** The same where nothing is split: an assignment, a redirection's target, a heredoc. */
export function joinStatically(word: Word, scope: Scope, fold: Fold): readonly Value[] {
  const quoted = word.parts.map((part): WordPart => {
    if (part.kind === 'glob') return { kind: 'text', text: part.pattern, quoted: true };
    return { ...part, quoted: true };
  });
  return expandStatically({ ...word, parts: quoted }, scope, fold).map((fields) => fields[0] ?? '');
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
    case 'variable': {
      if (part.name === '?') return [{ prefix: '', example: '0' }];
      if (part.name === 'PWD') return [`/workspace/${scope.cwd}`.replace(/\/$/, '')];
      const values = scope.candidates.get(part.name) ?? [];
      return scope.assigned.has(part.name) ? values : ['', ...values];
    }
    case 'substitution':
      return [fold(part) ?? UNKNOWN];
  }
}

function append(draft: Draft, part: WordPart, value: Value): Draft {
  const splits = (part.kind === 'variable' || part.kind === 'substitution') && !part.quoted;
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

/** Every way to choose one alternative a word; too many become one of which nothing but the program is known. */
export function combine(words: readonly Alternatives[]): readonly (readonly Value[])[] {
  let made: (readonly Value[])[] = [[]];
  for (const alternatives of words) {
    made = made.flatMap((head) => alternatives.map((fields) => [...head, ...fields]));
    if (made.length > MAX_COMBINATIONS) {
      return [words.flatMap((choices) => (choices.length === 1 ? (choices[0] ?? []) : [UNKNOWN]))];
    }
  }
  return made;
}
