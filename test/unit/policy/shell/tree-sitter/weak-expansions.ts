import {
  BARE_WORD,
  type Edit,
  replaceAll,
  replaceBefore,
  replaceWithin,
  visit,
  type Weakness,
} from './edits.js';
import { type Item, startOf } from './outline.js';

const ARITHMETIC = /^\$\(\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)\)/;

/** Of `$…` and `[[ … ]]`. */
export const weakExpansions: readonly Weakness[] = [
  {
    reason: '`$?` is not seen before a `{` and in a here-document',
    example: 'a $?{1..2}',
    edits: (text) => replaceAll(text, /\$\?/g, '$' + '{A}'),
  },
  {
    reason: 'in a here-document an expression is read as commands',
    example: 'a <<E\n$((1))\nE',
    edits: (text, outline) =>
      visit(outline)
        .filter(({ item }) => /^\d<<$/.test(item.label))
        .flatMap(({ item }) => visit(item.items))
        .flatMap(({ item: { label, offset = 0 } }) =>
          label === '$(())' ? replaceWithin(text, offset, ARITHMETIC, /^[\s\S]*$/g, '_') : [],
        ),
  },
  {
    reason: 'in an expression `-` and `!` are taken to bind weaker than the operators between numbers',
    example: 'a $((-1*2))',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, offset = 0 } }) =>
        label === '$(())'
          ? replaceWithin(text, offset, ARITHMETIC, /(?<=[-+*/%(<>=&|?:!]\s*)[-!](?!=)/g, ' ')
          : [],
      ),
  },
  {
    reason: 'a choice in a choice is taken for its condition',
    example: 'a $((1?2:3?4:5))',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, offset = 0, items } }) => {
        const choices = label === '$(())' ? visit(items).filter(({ item }) => item.label === '?:') : [];
        return choices.length > 1 ? replaceWithin(text, offset, ARITHMETIC, /[?:]/g, '+') : [];
      }),
  },
  {
    reason: '`##` and `%%` before an empty pattern are read as `#` and `%` before one of themselves',
    example: 'a $' + '{B##}',
    edits: (text) => replaceAll(text, /(?<=\$\{\w+(?:##|%%))(?=\})/g, '_'),
  },
  {
    reason: 'an expansion in a pattern is not always seen',
    example: 'a $' + '{B%$C}',
    edits: (text, outline) =>
      visit(outline)
        .flatMap(({ item: { label, items } }) => {
          if (/^\$\{\w+[#%]+\}$/.test(label)) return visit(items);
          return label === '==' || label === '!=' ? visit(items.slice(1)) : [];
        })
        .flatMap(({ item }) => replaceExpansion(text, item)),
  },
  {
    reason: 'braces and the signs of patterns in a test are read on, or not at all',
    example: '[[ -f * ]]',
    edits: (text, outline) =>
      visit(outline)
        .filter(({ item: { label } }) => label === '[[')
        .flatMap(({ item }) => visit(item.items))
        .flatMap(({ item: { label, offset = 0 } }) =>
          label === 'word'
            ? replaceWithin(text, offset, BARE_WORD, /[*?[\]]|(?<!\$)\{|\}(?<!\$\{[^}]*\})/g, '_')
            : [],
        ),
  },
  {
    reason: '`!` in a test is taken to bind stronger than what compares',
    example: '[[ ! a == b ]]',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, items } }) => {
        let [inner] = items;
        while (inner?.label === '!') [inner] = inner.items;
        return label === '!' && inner !== undefined && inner.items.length === 2
          ? replaceBefore(text, startOf(inner), /(?:![ \t]*)+$/, ' ')
          : [];
      }),
  },
  {
    reason: '`=` in a test is taken to bind weaker than `&&` and `||`',
    example: '[[ a = b && c ]]',
    edits: (text, outline) =>
      visit(outline).flatMap(({ item: { label, items } }) =>
        label === '=='
          ? replaceBefore(text, items[1] === undefined ? 0 : startOf(items[1]), /(?<![=!])=(?=[ \t]*$)/, '==')
          : [],
      ),
  },
];

function replaceExpansion(text: string, { label, offset: at = 0 }: Item): Edit[] {
  const found = label.startsWith('$') ? /^\$(?:\w+|\?|\{[^{}]+\})/.exec(text.slice(at)) : null;
  return found === null ? [] : [{ at, remove: found[0].length, insert: '_' }];
}
