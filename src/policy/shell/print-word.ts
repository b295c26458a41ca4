import type { Script, SimplePart, Word, WordPart } from './ast.js';
import type { ExpansionPart } from './piece.js';
import { printArithmetic } from './print-arithmetic.js';

type PrintScript = (script: Script) => string;

/** A word so that parsing it gives the same parts: `a'b c'"$d"*`. */
export function printWord(word: Word, printScript: PrintScript): string {
  const { parts } = word;
  if (parts.length === 0) return '';
  let printed = '';
  for (let at = 0; at < parts.length; ) {
    const end = findQuotedEnd(parts, at);
    if (end > at) {
      const inner = parts
        .slice(at, end)
        .map((part, index) => printInDouble(part, parts[at + index + 1], printScript));
      printed += `"${inner.join('')}"`;
      at = end;
      continue;
    }
    const part = parts[at];
    if (part !== undefined) printed += printPart(part, parts[at + 1], printScript);
    at += 1;
  }
  return printed;
}

/** Quoted text in one line: the plainest quotes that show it. */
export function printText(text: string): string {
  if (needsEscapes(text)) return `$'${text.replace(ESCAPED, escapeChar)}'`;
  if (!text.includes("'")) return `'${text}'`;
  return /["$`\\]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}

/** Control and direction characters, which would not show as what they are. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const ESCAPED = new RegExp(`${HIDDEN.source}|['\\\\]`, 'gu');
const LETTERS: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\x1b': '\\e' };

/** Whether only `$'…'` can show it. */
export function needsEscapes(text: string): boolean {
  return HIDDEN.test(text);
}

function escapeChar(char: string): string {
  if (char === "'" || char === '\\') return `\\${char}`;
  return LETTERS[char] ?? `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** The end of a run of quoted parts with an expansion in it; `start` if there is none. */
function findQuotedEnd(parts: readonly WordPart[], start: number): number {
  let end = start;
  let expands = false;
  for (; end < parts.length; end += 1) {
    const part = parts[end];
    if (part === undefined || part.kind === 'glob' || !part.quoted) break;
    if (part.kind === 'text' && (part.text === '' || needsEscapes(part.text))) break;
    expands ||= part.kind !== 'text';
  }
  return expands ? end : start;
}

function printPart(part: WordPart, next: WordPart | undefined, printScript: PrintScript): string {
  switch (part.kind) {
    case 'text':
      return part.quoted ? printText(part.text) : part.text;
    case 'glob':
      return part.pattern;
    default: {
      const printed = printExpansion(part, next, printScript);
      return part.quoted ? `"${printed}"` : printed;
    }
  }
}

function printInDouble(part: WordPart, next: WordPart | undefined, printScript: PrintScript): string {
  if (part.kind === 'text') return part.text.replace(/["$`\\]/g, '\\$&');
  return part.kind === 'glob' ? part.pattern : printExpansion(part, next, printScript);
}

function printExpansion(part: ExpansionPart, next: WordPart | undefined, printScript: PrintScript): string {
  switch (part.kind) {
    case 'variable':
      return printVariable(part.name, next);
    case 'arithmetic':
      return `$((${printArithmetic(part.expression)}))`;
    case 'parameter':
      return printParameter(part);
    case 'substitution':
      return printSubstitution(part.script, printScript);
  }
}

/** In braces where the text behind it would join the name. */
function printVariable(name: string, next: WordPart | undefined): string {
  const joins = next?.kind === 'text' && /^[A-Za-z0-9_]/.test(next.text) && name !== '?';
  return joins ? `\${${name}}` : `$${name}`;
}

/** Inside double quotes its word is shown as it is. */
function printParameter(part: Extract<WordPart, { kind: 'parameter' }>): string {
  const { name, operator, word, quoted } = part;
  if (operator === 'length') return `\${#${name}}`;
  const inner = word.map((of, index) => printSimple(of, word[index + 1], quoted)).join('');
  return `\${${name}${operator}${inner}}`;
}

function printSimple(part: SimplePart, next: SimplePart | undefined, inQuotes: boolean): string {
  if (part.kind === 'glob') return part.pattern;
  if (part.kind === 'text') return part.quoted && !inQuotes ? printText(part.text) : part.text;
  const printed = printVariable(part.name, next);
  return part.quoted && !inQuotes ? `"${printed}"` : printed;
}

function printSubstitution(script: Script, printScript: PrintScript): string {
  const inner = printScript(script);
  return inner.startsWith('(') ? `$( ${inner})` : `$(${inner})`;
}
