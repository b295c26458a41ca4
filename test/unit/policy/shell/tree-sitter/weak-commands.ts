import {
  BARE_WORD,
  isAssignment,
  isRedirect,
  isWord,
  nameOf,
  placeOf,
  replaceAll,
  replaceBefore,
  replaceWithin,
  visit,
  type Weakness,
} from './edits.js';
import { startOf } from './outline.js';

/** Of lists, compound commands, and what stands before and behind the words of a command. */
export const weakCommands: readonly Weakness[] = [
  {
    reason: '`!` may stand before a plain command only',
    example: '! { a; }',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item, next }) =>
        item.label === '!' && item.items.length === 0 && next !== undefined
          ? replaceBefore(text, startOf(next), /!(?=(?:[ \t]|\\\n)*$)/, ' ')
          : [],
      ),
  },
  {
    reason: 'a subshell needs a `;` before a reserved word',
    example: '{ (a) }',
    edits: (text) => replaceAll(text, /(?<=\))(?=[ \t]+(?:\}|then|do|fi|done|esac)(?:\s|$))/g, ';'),
  },
  {
    reason: '`for` needs a word',
    example: 'for A in; do b; done',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, offset = 0, items } }) => {
        const empty = label.startsWith('for ') && !items.some(isWord);
        return empty ? replaceWithin(text, offset, /^for\s+\w+\s+in/, /$/g, ' a') : [];
      }),
  },
  {
    reason: 'a line end may not stand before `in`',
    example: 'for A\nin b; do c; done',
    edits: (text) => replaceAll(text, /(?<=\bfor[ \t]+\w+[ \t]*)\n(?=[ \t]*in\b)/g, ' '),
  },
  {
    reason:
      'a line end behind a pipeline of three commands is not seen before a redirected command or a list',
    example: 'a | b | c\nd >e',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item, next }) => {
        const long = item.label === 'statement' && item.items.filter(({ label }) => label === '|').length > 1;
        return long && next !== undefined ? replaceBefore(text, startOf(next), /(?=\n\s*$)/, ';') : [];
      }),
  },
  {
    reason: 'a redirection may not stand behind an assignment without a command',
    example: 'A=b >f',
    edits: (_, outline) =>
      visit(outline).flatMap(({ item: { label, items } }) => {
        const redirect = items.find(isRedirect);
        const fits = label === 'command' && redirect !== undefined && items.some(isAssignment);
        if (!fits || items.some(isWord)) return [];
        return [{ at: items.filter(isAssignment).at(-1)?.offset ?? 0, remove: 0, insert: 'a ' }];
      }),
  },
  {
    reason: 'a here-string may stand behind the words of a plain command only',
    example: 'a >f <<<b',
    edits: (_, outline) =>
      visit(outline).flatMap(({ item }) => {
        const name = nameOf(item)?.text ?? '[';
        const insert = ['[', 'export', 'unset'].includes(name) ? '<' : ' ';
        const found = item.items.filter(({ label }) => /^\d<<<$/.test(label));
        return found.map(({ offset: at = 0 }) => ({ at, remove: 3, insert }));
      }),
  },
  {
    reason: 'a 0 before a redirection is read as a word',
    example: 'a 0<b',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, offset: at = 0 } }) =>
        /^0[<>]/.test(label) && text[at] === '0' ? [{ at, remove: 1, insert: '' }] : [],
      ),
  },
  {
    reason: 'digits at the end of a word are taken for the descriptor of a redirection that touches it',
    example: 'a -b2>f',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item, item: { offset: at = 0 } }) =>
        isRedirect(item) && /[^\s&|;()]\d/.test(text.slice(at - 2, at))
          ? [{ at, remove: 0, insert: ' ' }]
          : [],
      ),
  },
  {
    reason: 'whatever stands before a `=` in the name of a command is taken for the name of a variable',
    example: '--a=b',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item }) =>
        nameOf(item) === undefined
          ? []
          : replaceWithin(text, placeOf(nameOf(item)), /^(?![A-Za-z_]\w*=)[^\s=;&|<>()]+=/, /=/g, '_'),
      ),
  },
  {
    reason: 'a command named {} is read as the beginning of a group',
    example: '{}',
    edits: (text) => replaceAll(text, /(?<=(?:^|[;&|(\n])[ \t]*)\{\}(?=\s|$)/g, '_'),
  },
  {
    reason: 'brackets, braces, `#` and `%` in the name of a command are not read',
    example: 'a%b',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item }) =>
        nameOf(item) === undefined
          ? []
          : replaceWithin(text, placeOf(nameOf(item)), BARE_WORD, /(?<!\$)[[\]{}#%]/g, '_'),
      ),
  },
];
