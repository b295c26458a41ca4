import type { WorkspacePath } from '../../base/workspace-path.js';
import { UNKNOWN, type Value } from '../value.js';
import type { AndOr, Command, Redirect, Script, Simple, Word } from './ast.js';
import { inputOf, outputOf, readVariables } from './fed-text.js';
import { foldSubstitution } from './fold-command.js';
import { wordsOfCondition } from './list-conditions.js';
import { listNames } from './list-names.js';
import { literalText } from './literal-text.js';
import { expandStatically, type Fold } from './static-words.js';

const MAX_CANDIDATES = 16;

/** Every value that the script gives to each of its variables, wherever. What cannot be told is unknown. */
export function collectVariables(script: Script, cwd: WorkspacePath): ReadonlyMap<string, readonly Value[]> {
  const found = new Map<string, Value[]>();
  const add = (name: string, values: readonly Value[]) => {
    const all = [...(found.get(name) ?? []), ...values];
    found.set(name, all.length > MAX_CANDIDATES ? [UNKNOWN] : all);
  };
  const fold: Fold = (part) => foldSubstitution(part, cwd);
  const setWord = (name: string, word: Word) => add(name, literal(word, fold));
  visitScript(script, { cwd, setWord, add }, undefined);
  return found;
}

/** A value made of other variables is not followed. */
function literal(word: Word, fold: Fold): readonly Value[] {
  const names = word.parts.flatMap(listNames).map(({ name }) => name);
  const nothing = {
    candidates: new Map(names.map((name) => [name, [UNKNOWN]])),
    assigned: new Set(names),
    exported: new Set<string>(),
    cwd: '',
  };
  if (word.parts.some(({ kind }) => kind === 'variable')) return [UNKNOWN];
  // In `for` a glob becomes names; in an assignment it is text, of which the beginning is as telling.
  return expandStatically(word, nothing, fold).flat();
}

interface Visit {
  readonly cwd: WorkspacePath;
  readonly setWord: (name: string, word: Word) => void;
  readonly add: (name: string, values: readonly Value[]) => void;
}

/** `input`: what its standard input says, as far as that is known. */
function visitScript(script: Script, visit: Visit, input: string | undefined): void {
  for (const statement of script.statements) visitAndOr(statement, visit, input);
}

function visitAndOr({ first, rest }: AndOr, visit: Visit, input: string | undefined): void {
  for (const { commands } of [first, ...rest.map(({ pipeline }) => pipeline)]) {
    let fed = input;
    for (const command of commands) {
      visitCommand(command, visit, fed);
      fed = outputOf(command, fed, visit.cwd);
    }
  }
}

function visitCommand(command: Command, visit: Visit, around: string | undefined): void {
  const input = inputOf(command, around);
  if (command.kind === 'simple') visitSimple(command, visit, input);
  if (command.kind === 'for') for (const word of command.words) visit.setWord(command.variable, word);
  for (const script of scriptsOf(command)) visitScript(script, visit, input);
  for (const script of substitutionsOf(command)) visitScript(script, visit, around);
}

/** The scripts inside the command's own words; what they set holds only there, and is a candidate all the same. */
function substitutionsOf(command: Command): readonly Script[] {
  const found: Script[] = [];
  for (const words of [wordsOf(command), ...command.redirects.map(wordOf)])
    for (const { parts } of words)
      for (const part of parts) if (part.kind === 'substitution') found.push(part.script);
  return found;
}

/** The words of a command itself, those of its redirections and of commands inside it left out. */
export function wordsOf(command: Command): readonly Word[] {
  switch (command.kind) {
    case 'simple':
      if (command.assignments.length === 0) return command.words;
      return [...command.words, ...command.assignments.map(({ value }) => value)];
    case 'for':
      return command.words;
    case 'case':
      return [command.subject, ...command.arms.flatMap(({ patterns }) => patterns)];
    case 'test':
      return wordsOfCondition(command.condition);
    default:
      return [];
  }
}

function wordOf(redirect: Redirect): readonly Word[] {
  switch (redirect.kind) {
    case 'file':
      return [redirect.target];
    case 'text':
      return [redirect.text];
    case 'duplicate':
      return [];
  }
}

function visitSimple(command: Simple, visit: Visit, input: string | undefined): void {
  const [program, ...args] = command.words;
  if (program === undefined) for (const { name, value } of command.assignments) visit.setWord(name, value);
  else if (literalText(program) === 'export') visitExport(args, visit);
  const read = readVariables(command, input);
  for (const name of read?.names ?? []) visit.add(name, read?.values ?? []);
}

function scriptsOf(command: Command): readonly Script[] {
  switch (command.kind) {
    case 'simple':
    case 'test':
      return [];
    case 'group':
    case 'for':
      return [command.body];
    case 'while':
      return [command.condition, command.body];
    case 'if': {
      const branches = command.branches.flatMap(({ condition, body }) => [condition, body]);
      return command.otherwise === undefined ? branches : [...branches, command.otherwise];
    }
    case 'case':
      return command.arms.map(({ body }) => body);
  }
}

/** `export NAME=value` */
function visitExport(words: readonly Word[], visit: Visit): void {
  for (const word of words) {
    const split = splitAssignment(word);
    if (split !== undefined) visit.setWord(split.name, split.value);
  }
}

/** A word of the form `NAME=value`, parted at the `=`; its name is plain text. */
export function splitAssignment(word: Word): { readonly name: string; readonly value: Word } | undefined {
  const [first, ...others] = word.parts;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(first.text);
  if (match === null) return undefined;
  const [, name = '', rest = ''] = match;
  const parts = rest === '' ? others : [{ ...first, text: rest }, ...others];
  return { name, value: { ...word, parts } };
}
