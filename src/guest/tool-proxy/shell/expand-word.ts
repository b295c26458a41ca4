import { toVisibleLine } from '../../../base/visible-text.js';
import { denyScript } from '../../../policy/script-decisions.js';
import type { Arithmetic, Word, WordPart } from '../../../policy/shell/ast.js';
import { NOT_DECIMAL } from '../../../policy/shell/decimal.js';
import { type Field, textOf } from '../../../policy/shell/field.js';
import { evaluateArithmetic } from './evaluate-arithmetic.js';
import { expandParameter, expandSimple, readVariable } from './expand-parameter.js';
import { ExpansionError } from './expansion-error.js';
import { expandGlob } from './glob.js';
import { captureOutput } from './run-substitution.js';
import { complain, type Shell } from './shell.js';
import { type Expanded, splitFields } from './split-fields.js';

/** One command's words and values together take no more: `x=$x$x` in a loop would take all memory. */
const MAX_CHARS = 4 * 1024 * 1024;

/** Words of a command: all are split before the first is matched against file names, as in bash. */
export async function expandWords(shell: Shell, words: readonly Word[]): Promise<readonly string[]> {
  const fields: Field[] = [];
  let size = 0;
  for (const word of words) {
    for (const field of await expandFields(shell, word)) {
      fields.push(field);
      size += textOf(field).length + 1;
      checkSize(shell, size);
    }
  }
  const result: string[] = [];
  for (const field of fields) {
    for (const text of await expandGlob(shell, field)) {
      result.push(text);
      size += text.length + 1;
    }
    checkSize(shell, size);
  }
  return result;
}

/** One text: of an assignment, a here-document, or the subject of `case`. Neither split nor matched. */
export async function expandText(shell: Shell, word: Word): Promise<string> {
  return textOf(await expandPattern(shell, word));
}

/** Like a text, but what is quoted in it is remembered. */
export async function expandPattern(shell: Shell, word: Word): Promise<Field> {
  return expandParts(shell, word.parts);
}

async function expandFields(shell: Shell, word: Word): Promise<readonly Field[]> {
  if (word.parts.length === 0) return [[]];
  return splitFields(await expandParts(shell, word.parts));
}

async function expandParts(shell: Shell, parts: readonly WordPart[]): Promise<readonly Expanded[]> {
  const pieces: Expanded[] = [];
  let size = 0;
  for (const part of parts) {
    for (const piece of await expandPart(shell, part)) {
      size += piece.text.length;
      checkSize(shell, size);
      pieces.push(piece);
    }
  }
  return pieces;
}

async function expandPart(shell: Shell, part: WordPart): Promise<readonly Expanded[]> {
  if (part.kind === 'substitution')
    return [{ text: await captureOutput(shell, part.script), quoted: part.quoted, split: !part.quoted }];
  try {
    return expandValue(shell, part);
  } catch (error) {
    if (error instanceof ExpansionError) await complain(shell, error.message);
    throw error;
  }
}

function expandValue(shell: Shell, part: Exclude<WordPart, { kind: 'substitution' }>): readonly Expanded[] {
  switch (part.kind) {
    case 'arithmetic':
      return [{ text: calculate(shell, part.expression), quoted: part.quoted, split: false }];
    case 'parameter':
      return expandParameter(shell, part);
    default:
      return [expandSimple(shell, part)];
  }
}

function calculate(shell: Shell, expression: Arithmetic): string {
  const refuse = (name: string, value: string): never => {
    const shown = toVisibleLine(value, 80);
    const reason = `$((…)): the value of ${name}, "${shown}", ${NOT_DECIMAL}`;
    return shell.run.fail({ kind: 'denied', decision: denyScript('arithmetic.value', reason) });
  };
  return String(evaluateArithmetic(expression, (name) => readVariable(shell, name), refuse));
}

function checkSize(shell: Shell, size: number): void {
  if (size > MAX_CHARS)
    shell.run.fail({ kind: 'limit', what: `one command's words have more than ${MAX_CHARS} characters` });
}
