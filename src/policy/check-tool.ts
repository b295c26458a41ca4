import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { refuseAssignment } from './check-assignment.js';
import { checkFoundCommand } from './check-found-command.js';
import { isRemoval, refuseRemoval } from './check-found-removal.js';
import { refusePath } from './check-value.js';
import { compileTable } from './compile-table.js';
import { placeOfOption, placesOfOperand } from './operand-place.js';
import type { CommandRule, Policy } from './policy.js';
import { type Reading, type ReadOption, readOptions } from './read-options.js';
import { resolvePath } from './resolve-path.js';
import { checkAwkProgram } from './scripts/check-awk-program.js';
import { checkSedScript } from './scripts/check-sed-script.js';
import type { OperandKind, ToolTable } from './tool-table.js';
import { beginning, exampleOf, isKnown, type Value, withoutStart } from './value.js';
import { withInput } from './xargs-input.js';
import { readSettings } from './xargs-settings.js';

export interface ToolContext {
  readonly policy: Policy;
  readonly cwd: WorkspacePath;
  /** Judges a command inside the arguments. */
  nest(words: readonly Value[], more: MoreArguments): Nested;
}

/**
 * What a nested command gets besides the words that are written: nothing, or what xargs reads, which stands among the
 * words as unknown and is judged again.
 */
export type MoreArguments = 'none' | 'read';

export type Nested = { readonly ok: true; readonly words: readonly Value[]; readonly ask: boolean } | Refused;

export interface Refused {
  readonly ok: false;
  /** Which part of the rule refuses, e.g. `flag`; a nested command gives its own rule's id after a `>`. */
  readonly part: string;
  readonly reason: string;
}

export type Checked =
  | { readonly ok: true; readonly words: readonly Value[]; readonly ask: boolean }
  | Refused;

/** Checks the arguments after the program or sub-command by the meaning that the tool's table gives them. */
export function checkArguments(
  context: ToolContext,
  table: ToolTable,
  rule: CommandRule,
  words: readonly Value[],
): Checked {
  const { policy } = context;
  const reading = readOptions(compileTable(table), words);
  if (!reading.ok) return refuse('flag', `"${show(reading.word)}" ${reading.reason}`);
  const misplaced = table.responseFiles === true && words.find((word) => beginning(word).startsWith('@'));
  if (misplaced)
    return refuse('argument', `"${show(misplaced)}" stands for words of a file, which nobody has checked`);
  if (table.writes === true && !onlyReads(table, reading) && !policy.files.write.allowed) {
    return refuse('writes', `it changes the workspace, which the policy "${policy.name}" does not allow`);
  }
  if (context.cwd !== '' && writesHere(table, reading)) {
    const reason = refusePath(policy, 'write', 'x', context.cwd);
    if (reason !== undefined) return refuse('path', `it writes in the folder where it runs: ${reason}`);
  }
  let run = words;
  for (const [index, option] of reading.options.entries()) {
    const cwd = placeOfOption(reading, index, context.cwd);
    const refused = checkOption({ ...context, cwd }, rule, option, reading);
    if (refused !== undefined) return refused;
    if (option.option.removes) {
      const spared = refuseRemoval(words, option.at, context.cwd);
      if (spared !== undefined) return spared;
    }
    if (option.command === undefined) continue;
    const { words: command, start: first, several } = option.command;
    if (isRemoval(command)) {
      const spared = refuseRemoval(words, first - 1, context.cwd) ?? checkRemoval(context);
      if (spared !== undefined) return spared;
      continue;
    }
    const checked = checkFoundCommand(context, command, several);
    if (!checked.ok) return checked;
    // Counted from the end, which is where it was: an earlier command may have become longer.
    const start = first + run.length - words.length;
    run = [...run.slice(0, start), ...checked.words, ...run.slice(start + command.length)];
  }
  return checkOperands(context, table, rule, reading, run);
}

/** `rm` as such must be allowed. */
function checkRemoval(context: ToolContext): Refused | undefined {
  const nested = context.nest(['rm', '-rf', 'x'], 'none');
  return nested.ok ? undefined : nested;
}

function checkOption(
  context: ToolContext,
  rule: CommandRule,
  read: ReadOption,
  reading: Reading,
): Refused | undefined {
  const { policy, cwd } = context;
  const { option, word, value } = read;
  const shown = show(word);
  if (option.spellings.some((name) => rule.forbiddenFlags.includes(name)))
    return refuse('flag', `"${shown}" is forbidden (${option.spellings[0]})`);
  if (rule.allowedFlags && !option.spellings.some((name) => rule.allowedFlags?.includes(name)))
    return refuse('flag', `"${shown}" is not on the list of allowed flags`);
  if (option.kind === 'denied') return refuse('flag', `"${shown}" is never allowed (${option.spellings[0]})`);
  if (option.kind === 'program') return refuse('flag', `"${shown}" would start another program`);
  if (option.makes === 'starts-programs' && !rule.startsPrograms)
    return refuse('flag', `"${shown}" would start other programs`);
  if ((option.makes === 'writes' || option.makes === 'operands-written') && !policy.files.write.allowed)
    return refuse('flag', `"${shown}" writes, which the policy "${policy.name}" does not allow`);
  if (value === undefined) return undefined;
  if (option.pattern !== undefined && !option.pattern.test(exampleOf(value)))
    return refuse('value', `the value "${show(value)}" of ${option.spellings[0]} is not allowed`);
  if (option.kind === 'read' || option.kind === 'write') {
    const access = given(reading, option.readsWith) ? 'read' : option.kind;
    const reason = rule.pathArguments === 'any' ? undefined : refusePath(policy, access, value, cwd);
    return reason === undefined ? undefined : refuse('path', reason);
  }
  return checkScript(option.kind, value);
}

function checkOperands(
  context: ToolContext,
  table: ToolTable,
  rule: CommandRule,
  reading: Reading,
  words: readonly Value[],
): Checked {
  const { operands } = reading;
  const most = Math.min(
    table.maxOperands ?? Number.MAX_SAFE_INTEGER,
    rule.maxOperands ?? Number.MAX_SAFE_INTEGER,
  );
  if (operands.length > most) return refuse('count', `more than ${most} arguments that are no flags`);
  const tool = moduleTool(context, table, reading);
  if (tool !== undefined) return checkModule(context, tool, words, reading.firstOperand);
  const kinds = kindsOf(table, reading);
  const patterns = withoutReplaced(table.operandPatterns ?? [], reading);
  let at = 0;
  for (const [index, operand] of operands.entries()) {
    let kind = kinds[at];
    if (kind === 'assignment') {
      const assigned = readAssignment(operand);
      if (assigned !== undefined) {
        const reason = refuseAssignment(context.policy, assigned.name, assigned.value, context.cwd);
        if (reason !== undefined) return refuse('assignment', reason);
        continue;
      }
      at += 1;
      kind = kinds[at];
    }
    if (kind === 'command') return checkNested(context, table, reading, words, index);
    if (table.lastOperand !== undefined && operands.length > 1 && index === operands.length - 1)
      kind = table.lastOperand;
    const pattern = patterns[Math.min(index, patterns.length - 1)];
    if (pattern !== undefined && !pattern.test(exampleOf(operand)))
      return refuse('argument', `the argument "${show(operand)}" is not allowed here`);
    for (const place of placesOfOperand(table, reading, index, context.cwd)) {
      const refused = checkOperand({ ...context, cwd: place }, rule, kind, operand);
      if (refused !== undefined) return refused;
    }
    if (at < kinds.length - 1) at += 1;
  }
  if (table.readsArguments === true) return checkReader(context, reading, words, ['echo']);
  const [first] = operands;
  const ask = first !== undefined && table.askUnless?.test(exampleOf(first)) === false;
  return { ok: true, words, ask };
}

function writesHere(table: ToolTable, reading: Reading): boolean {
  if (table.writes === true) return !onlyReads(table, reading);
  return reading.options.some(({ option: { makes } }) => makes === 'writes' || makes === 'operands-written');
}

function onlyReads({ readsOnlyWith = [] }: ToolTable, reading: Reading): boolean {
  return given(reading, readsOnlyWith);
}

function given({ options }: Reading, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  return options.some(({ option }) => option.spellings.some((name) => names.includes(name)));
}

/** Without the first, when an option stands in for the first operand. */
function withoutReplaced<T>(listed: readonly T[], { options }: Reading): readonly T[] {
  return options.some(({ option }) => option.replacesFirstOperand) ? listed.slice(1) : listed;
}

function kindsOf(table: ToolTable, reading: Reading): readonly OperandKind[] {
  const kinds = withoutReplaced<OperandKind>(table.operands ?? ['read'], reading);
  if (onlyReads(table, reading)) return kinds.map((kind) => (kind === 'write' ? 'read' : kind));
  const written = reading.options.some(({ option }) => option.makes === 'operands-written');
  return written ? kinds.map((kind) => (kind === 'read' ? 'write' : kind)) : kinds;
}

/** The tool that the words after the first operand are judged as (`python -m pip`). */
function moduleTool({ policy }: ToolContext, table: ToolTable, reading: Reading): string | undefined {
  if (table.modules === undefined) return undefined;
  const [name] = reading.operands;
  if (name === undefined || !isKnown(name) || !Object.hasOwn(table.modules, name)) return undefined;
  const asked = [...compileTable(table).bySpelling.values()].some(({ module }) => module);
  if (asked && !reading.options.some(({ option }) => option.module)) return undefined;
  const tool = table.modules[name];
  return tool !== undefined && Object.hasOwn(policy.commands, tool) ? tool : undefined;
}

function checkModule(context: ToolContext, tool: string, words: readonly Value[], at: number): Checked {
  const nested = context.nest([tool, ...words.slice(at + 1)], 'none');
  return nested.ok ? { ...nested, words: [...words.slice(0, at + 1), ...nested.words.slice(1)] } : nested;
}

/** What follows is a command: everything from this operand on, in the order it was written. */
function checkNested(
  context: ToolContext,
  table: ToolTable,
  reading: Reading,
  words: readonly Value[],
  index: number,
): Checked {
  // The table's style is `posix`: from the first operand on every word is one.
  const start = reading.firstOperand + index;
  if (table.readsArguments === true) return checkReader(context, reading, words, words.slice(start));
  const nested = context.nest(words.slice(start), 'none');
  return nested.ok ? { ...nested, words: [...words.slice(0, start), ...nested.words] } : nested;
}

/** xargs: the command as it runs on an empty input, and with something unknown where the input will be. */
function checkReader(
  context: ToolContext,
  reading: Reading,
  words: readonly Value[],
  command: readonly Value[],
): Checked {
  const read = readSettings(reading.options);
  if (!read.ok) return refuse('flag', read.reason);
  const { replace } = read.settings;
  const lines = [withInput(command, replace), ...(replace === undefined ? [command] : [])];
  for (const line of lines) {
    const nested = context.nest(line, 'read');
    if (!nested.ok) return nested;
  }
  return { ok: true, words, ask: false };
}

function checkOperand(
  { policy, cwd }: ToolContext,
  rule: CommandRule,
  kind: OperandKind | undefined,
  operand: Value,
): Refused | undefined {
  if (isKnown(operand) && rule.forbiddenArgs.includes(operand))
    return refuse('argument', `the argument "${show(operand)}" is forbidden`);
  if (kind === undefined || kind === 'denied')
    return refuse('argument', `the argument "${show(operand)}" is not allowed here`);
  if (kind === 'removed' && resolvePath(exampleOf(operand), cwd) === '')
    return refuse('path', 'the workspace itself may not be removed');
  if (kind === 'read' || kind === 'write' || kind === 'removed') {
    const access = kind === 'read' ? 'read' : 'write';
    const reason = rule.pathArguments === 'any' ? undefined : refusePath(policy, access, operand, cwd);
    return reason === undefined ? undefined : refuse('path', reason);
  }
  return checkScript(kind, operand);
}

function checkScript(kind: string, value: Value): Refused | undefined {
  if (kind !== 'sed-script' && kind !== 'awk-program') return undefined;
  if (!isKnown(value)) return refuse('script', 'its script would only be known when it runs');
  const reason = kind === 'sed-script' ? checkSedScript(value) : checkAwkProgram(value);
  return reason === undefined ? undefined : refuse('script', reason);
}

function readAssignment(word: Value): { name: string; value: Value } | undefined {
  const text = beginning(word);
  const equals = text.indexOf('=');
  if (equals <= 0) return undefined;
  const name = text.slice(0, equals);
  return { name, value: withoutStart(word, equals + 1) };
}

function refuse(part: string, reason: string): Refused {
  return { ok: false, part, reason };
}

function show(value: Value): string {
  return toVisibleLine(exampleOf(value), 80);
}
