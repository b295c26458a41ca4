import { type Edit, replaceAll, visit, type Weakness } from './edits.js';
import type { Item } from './outline.js';

/** Of words, quotes and here-documents. */
export const weakWords: readonly Weakness[] = [
  {
    reason: 'a lone `$` is read as the beginning of an expansion, or not at all',
    example: 'a $, b',
    edits: (text) => replaceAll(text, /(?<![\\$])\$(?![\w{(?'`\\$])/g, '_'),
  },
  {
    reason: 'what is escaped inside backticks stays so, and in a here-document they are text',
    example: 'a `b "\\$A"`',
    edits: (text, outline) => visit(outline).flatMap(({ item }) => replaceBackticks(text, item)),
  },
  {
    reason: 'white space of Unicode is taken for a blank',
    example: '\ufeffa',
    edits: (text) => replaceAll(text, /[^\S \t\n\r\v\f]/g, '_'),
  },
  {
    reason: 'a `-` before a here-document, a descriptor or a brace is not seen',
    example: 'a - <<E\nb\nE',
    edits: (text) => replaceAll(text, /(?<=[ \t])-(?=[ \t]*(?:<<|\{|\d[<>]))/g, '_'),
  },
  {
    reason: 'brackets and braces are one word over blanks',
    example: 'a ] ]',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, offset: at = 0 } }) =>
        label === 'word' &&
        /(?:[[\]}][ \t]+[[\]{}]|\{[ \t]+[\]}]|\w[ \t]+\{[ \t]+\[)$/.test(text.slice(0, at + 1))
          ? [{ at, remove: 1, insert: '_' }]
          : [],
      ),
  },
  {
    reason: 'an escaped blank at the start of a word or behind an expansion is not seen',
    example: 'a \\ b',
    edits: (text) => replaceAll(text, /(?<!\\)\\[ \t]/g, '__'),
  },
  {
    reason: 'a backslash behind a quote or an expansion ends the value of an assignment',
    example: 'A="b"\\c',
    edits: (text) => replaceAll(text, /(?<=[)"'}\]])\\[^\n]/g, '__'),
  },
  {
    reason: 'a joined line ends names, numbers and the value of an assignment',
    example: 'A=b\\\nc',
    edits: (text) => replaceAll(text, /(?<!\\)\\\n/g, ''),
  },
  {
    reason:
      'a delimiter of a here-document that is quoted in part, or holds invisible characters, is not found',
    example: 'a <<E"O"F\nb\nEOF',
    edits: (text) => [
      ...replaceAll(text, /(?<=<<-?[ \t]*\w+)"(?=\w+")|(?<=<<-?[ \t]*\w+"\w+)"/g, ''),
      ...replaceAll(text, /\p{Cf}/gu, '_'),
    ],
  },
  {
    reason: 'a here-document ends at a line that only begins with its delimiter',
    example: 'a <<E\nb\nE c\nE\nd',
    edits: (text) =>
      [...text.matchAll(/<<-?[ \t]*['"\\]?(\w+)/g)].flatMap(({ 1: delimiter }) =>
        replaceAll(text, new RegExp(`(?<=\\n[ \\t]*)(?=${delimiter}[^\\n])`, 'g'), '_'),
      ),
  },
  {
    reason: 'a `;` may not stand on the line of a here-document',
    example: 'a <<E; b\nc\nE',
    edits: (text) => replaceAll(text, /(?<=<<-?[ \t]*['"\\]?\w+['"]?[^\n;]*);/g, ' &&'),
  },
  {
    reason: 'a line may have one here-document only',
    example: 'a <<E <<F\nb\nE\nc\nF',
    edits: (text) =>
      [...text.matchAll(/(<<-?[ \t]*(['"\\]?)(\w+)['"]?)([^\n]*<<[^\n]*\n)([\s\S]*?(?<=\n)\3\n)/g)].flatMap(
        ({ index, 1: operator = '', 4: rest = '', 5: body = '' }) => [
          { at: index, remove: operator.length, insert: '<f' },
          { at: index + operator.length + rest.length, remove: body.length, insert: '' },
        ],
      ),
  },
  {
    reason: 'backslashes and empty lines at the start of a here-document are read into the line above it',
    example: 'a <<E\n\\b\nE',
    edits: (text) =>
      [...text.matchAll(/(<<[^\n]*\n)(\n+|\\+)/g)].map(({ 1: line = '', 2: found = '', index }) => ({
        ...{ at: index + line.length, remove: found.length, insert: '_' },
      })),
  },
  {
    reason: 'in a substitution blanks at the start of a here-document are not seen',
    example: `a "$(b <<'E'\n c\nE\n)"`,
    edits: (text) => replaceAll(text, /(?<=<<[^-\n][^\n]*\n) +/g, '_'),
  },
  {
    reason: 'an expansion right behind the tabs that `<<-` takes off is not seen',
    example: 'a <<-E\n\t$B\nE',
    edits: (text) => replaceAll(text, /(?<=<<-[\s\S]*\n\t+)(?=\$)/g, '_'),
  },
];

/** Backticks as `$(…)`, which needs no escapes. */
function replaceBackticks(text: string, { label, offset: at = 0 }: Item): Edit[] {
  const inside = label === '$()' ? /^`((?:[^`\\]|\\[^"])*)`/.exec(text.slice(at))?.[1] : undefined;
  if (inside === undefined) return [];
  const end = inside.includes('#') ? '\n)' : ')';
  return [{ at, remove: inside.length + 2, insert: `$( ${inside.replace(/\\([$`\\])/g, '$1')}${end}` }];
}
