import * as z from 'zod';
import { toVisibleLine } from '../base/visible-text.js';
import { type Approval, type ApprovalWord, narrowestApproval } from './approval.js';
import type { ProgramCall } from './plan-program.js';
import { resolvePath } from './resolve-path.js';
import type { Simple, Word } from './shell/ast.js';
import { literalText } from './shell/literal-text.js';
import { parseScript } from './shell/parse.js';

export const maxApprovalChars = 1000;
export const maxApprovals = 200;

/** How approvals are stored: as the text that people edit. */
export const storedApprovals = z.array(z.string().min(1).max(maxApprovalChars)).max(maxApprovals);

export type ApprovalParse =
  | { readonly ok: true; readonly approval: Approval }
  | { readonly ok: false; readonly reason: string };

/** As a command: `cd sub && A=1 ./build.sh --fast *`, where a bare `*` is any one operand. */
export function printApproval({ cwd, assignments, words }: Approval): string {
  const set = Object.entries(assignments).map(([name, value]) => `${name}=${quote(value, PLAIN)}`);
  const printed = words.map((word, index) =>
    word.kind === 'any' ? '*' : quote(word.text, index === 0 ? PLAIN_PROGRAM : PLAIN),
  );
  const command = [...set, ...printed].join(' ');
  return cwd === '' ? command : `cd ${quote(`./${cwd}`, PLAIN)} && ${command}`;
}

/**
 * The narrowest approval of a call as text to edit; undefined when it does not fit on a line that shows all of it,
 * or would be read back as something else.
 */
export function offerApproval(call: ProgramCall): string | undefined {
  const approval = narrowestApproval(call);
  const text = printApproval(approval);
  if (text.length > maxApprovalChars || toVisibleLine(text, maxApprovalChars) !== text) return undefined;
  const read = parseApproval(text);
  return read.ok && isSame(read.approval, approval) ? text : undefined;
}

/** Reads an edited or stored approval. Total. */
export function parseApproval(text: string): ApprovalParse {
  if (text.length > maxApprovalChars) return refuse(`it is longer than ${maxApprovalChars} characters`);
  if (toVisibleLine(text, maxApprovalChars) !== text) return refuse('it has characters that cannot be seen');
  const parsed = parseScript(text);
  if (!parsed.ok) return refuse(`${parsed.reason} (at character ${parsed.offset + 1})`);
  const [statement, ...others] = parsed.script.statements;
  if (statement === undefined || others.length > 0) return refuse('it must be one command');
  const [next, ...more] = statement.rest;
  const first = onlyCommand(statement.first.commands, statement.first.negated);
  const second = next && onlyCommand(next.pipeline.commands, next.pipeline.negated);
  if (first === undefined) return refuse('it must be one command, without a pipe or redirection');
  if (next === undefined) return readCommand(first, '');
  const cwd = next.operator === '&&' && more.length === 0 && second !== undefined && readCd(first);
  if (typeof cwd !== 'string')
    return refuse('before `&&` only `cd` and a directory of the workspace may stand');
  return second === undefined ? refuse('it must be one command') : readCommand(second, cwd);
}

function readCommand(command: Simple, cwd: string): ApprovalParse {
  const words: ApprovalWord[] = [];
  for (const word of command.words) {
    const read = readWord(word);
    if (read === undefined) return refuse('a word may be text, or `*` alone; put other patterns in quotes');
    words.push(read);
  }
  const [program] = words;
  if (program === undefined) return refuse('it names no program');
  if (program.kind === 'any' || program.text === '') return refuse('the program must be named');
  const assignments: [string, string][] = [];
  for (const { name, value } of command.assignments) {
    const text = literalText(value);
    if (text === undefined) return refuse(`the value of ${name} must be text`);
    assignments.push([name, text]);
  }
  return { ok: true, approval: { cwd, assignments: Object.fromEntries(assignments), words } };
}

function readCd({ words, assignments }: Simple): string | undefined {
  const [program, target, ...rest] = words.map(literalText);
  if (program !== 'cd' || target === undefined || rest.length > 0 || assignments.length > 0) return undefined;
  return target === '' || target.startsWith('-') ? undefined : resolvePath(target, '');
}

function onlyCommand(commands: readonly { readonly kind: string }[], negated: boolean): Simple | undefined {
  const [command, ...piped] = commands;
  if (negated || piped.length > 0 || command === undefined || !isSimple(command)) return undefined;
  return command.redirects.length === 0 ? command : undefined;
}

function isSimple(command: { readonly kind: string }): command is Simple {
  return command.kind === 'simple';
}

function readWord(word: Word): ApprovalWord | undefined {
  const [part, ...others] = word.parts;
  if (part?.kind === 'glob') return others.length === 0 && part.pattern === '*' ? { kind: 'any' } : undefined;
  const text = literalText(word);
  return text === undefined ? undefined : { kind: 'text', text };
}

const PLAIN = /^[A-Za-z0-9_./,:@%+=-]+$/;
const PLAIN_PROGRAM = /^[A-Za-z0-9_./,:@%+-]+$/;

function quote(word: string, plain: RegExp): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function isSame(a: Approval, b: Approval): boolean {
  const list = ({ cwd, assignments, words }: Approval) =>
    JSON.stringify([
      cwd,
      Object.entries(assignments).sort(([x], [y]) => (x < y ? -1 : 1)),
      words.map((word) => (word.kind === 'any' ? null : word.text)),
    ]);
  return list(a) === list(b);
}

function refuse(reason: string): ApprovalParse {
  return { ok: false, reason };
}
