import type { ContentRule } from './content.js';

/**
 * Words that mix letters of two scripts which look alike (Unicode TR39, CVE-2021-42694), in added lines: the name that
 * is read is another than the one that is run. A word of one foreign script counts when it looks like one beside it.
 */
export const mixedScripts: ContentRule = {
  rule: 'mixed-scripts',
  judge: ({ after, added }) => {
    if (after === undefined || !FOREIGN.test(after)) return undefined;
    let known: ReadonlySet<string> | undefined;
    for (const { at, text } of added) {
      if (!FOREIGN.test(text)) continue;
      for (const [word] of text.matchAll(WORD)) {
        known ??= new Set(after.match(LATIN_WORD));
        if (!isMixed(word) && !isDouble(word, known)) continue;
        const reason = 'it adds a name with letters of another script that look like Latin ones';
        return { reason, line: at };
      }
      if (text.includes(GREEK_QUESTION_MARK) && !/\p{Script=Greek}/u.test(text))
        return { reason: 'it adds a sign that only looks like a semicolon', line: at };
    }
    return undefined;
  },
};

const GREEK_QUESTION_MARK = '\u037e';

/** Letters by what they look like: those of TR39's confusables that a Latin name could be written with. */
const LOOKS: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  һ: 'h',
  ѵ: 'v',
  ґ: 'r',
  ӏ: 'l',
  ү: 'y',
  А: 'A',
  В: 'B',
  Е: 'E',
  З: '3',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Ү: 'Y',
  Ӏ: 'l',
  Ԛ: 'Q',
  Ԝ: 'W',
  Ѵ: 'V',
  // Greek
  α: 'a',
  γ: 'y',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  ϲ: 'c',
  ϳ: 'j',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  Ϲ: 'C',
  Ϳ: 'J',
  // Armenian
  օ: 'o',
  ս: 'u',
  հ: 'h',
  ո: 'n',
  ց: 'g',
  ք: 'p',
  զ: 'q',
  յ: 'j',
  Օ: 'O',
  Տ: 'S',
  Ս: 'U',
  Լ: 'L',
  // Latin letters that are not what they seem, and clicks that look like operators
  ɑ: 'a',
  ɡ: 'g',
  ǃ: '!',
  ǀ: '|',
  ǁ: '||',
  ꞌ: "'",
  ᴏ: 'o',
  ᴄ: 'c',
  ᴠ: 'v',
  ᴡ: 'w',
  ᴢ: 'z',
};
const OTHERS = '\\p{Script=Cherokee}\\p{Script=Lisu}\\p{Script=Coptic}\\p{Script=Deseret}';
/** Full-width and mathematical forms of Latin letters and digits. */
const COMPATIBLE = '\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\u{1d400}-\\u{1d7ff}';
const LOOKALIKES = `[${Object.keys(LOOKS).join('')}${OTHERS}${COMPATIBLE}]`;
const FOREIGN = new RegExp(`${LOOKALIKES}|${GREEK_QUESTION_MARK}`, 'u');
const ALIKE = new RegExp(LOOKALIKES, 'u');
/** Part of a name: what `_` joins (`Δ_x`) is read one by one. */
const WORD = /[\p{L}\p{M}\p{N}$]+/gu;
const LATIN_WORD = /[A-Za-z0-9$]+/g;
const LATIN = /[A-Za-z]/;
const MIN_DOUBLE = 3;

function isMixed(word: string): boolean {
  return LATIN.test(word) && ALIKE.test(word);
}

/** Wholly of look-alikes, when the Latin word that it looks like is in the text too. */
function isDouble(word: string, known: ReadonlySet<string>): boolean {
  const letters = [...word];
  const isAlike = (letter: string) => Object.hasOwn(LOOKS, letter) || /[0-9$]/.test(letter);
  if (letters.length < MIN_DOUBLE || !ALIKE.test(word) || !letters.every(isAlike)) return false;
  return known.has(letters.map((letter) => LOOKS[letter] ?? letter).join(''));
}
