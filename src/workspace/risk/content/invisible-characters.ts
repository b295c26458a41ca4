import type { ContentRule } from './content.js';

/**
 * Characters that are not seen but change what text means or in which order it is shown, in added lines: Trojan Source
 * (CVE-2021-42574), zero-width and tag characters, terminal escapes, line ends that only some programs know.
 */
export const invisibleCharacters: ContentRule = {
  rule: 'invisible-characters',
  judge: ({ after, added }) => {
    if (after === undefined || !HIDDEN.test(after)) return undefined;
    for (const { at, text } of added) {
      const found = findHiddenCharacter(at === 0 ? text.replace(/^\ufeff/, '') : text);
      if (found === undefined) continue;
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const reason = `it adds a character that cannot be seen (U+${code}) and may hide what the text does`;
      return { reason, line: at };
    }
    return undefined;
  },
};

/** The first character of a line that cannot be seen where it is. */
export function findHiddenCharacter(line: string): string | undefined {
  if (!HIDDEN.test(line)) return undefined;
  const rest = line.replace(PROPER, '');
  return HIDDEN.exec(RIGHT_TO_LEFT.test(line) ? rest.replace(MARKS, '') : rest)?.[0];
}

// U+2800 is a braille sign without dots; U+2028 and U+2029 end a line for JavaScript and for few editors.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0000-\u0008\u000b\r\u000e-\u001f\u007f-\u009f\u2028\u2029\u2800]/u;

/** Where such characters belong: emoji, flags, and scripts whose letters they join, part or choose. */
const PROPER = new RegExp(
  [
    // Flags of regions: a black flag, letters and digits, the end.
    String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,6}\u{e007f}`,
    // Joined emoji, with a colour of skin or the form of a picture.
    String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|[\ufe0e\ufe0f])?(?:\u200d\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)*`,
    String.raw`[0-9#*]\ufe0f\u20e3`,
    // Signs that are seen, although Unicode counts them as formats.
    String.raw`[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]`,
    String.raw`\p{Script=Han}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
    String.raw`\p{Sm}\ufe00`,
    String.raw`\p{Script=Mongolian}[\u180b-\u180f]`,
    `[${[
      'Arabic',
      'Syriac',
      'Devanagari',
      'Bengali',
      'Gurmukhi',
      'Gujarati',
      'Oriya',
      'Tamil',
      'Telugu',
      'Kannada',
      'Malayalam',
      'Sinhala',
      'Khmer',
      'Myanmar',
      'Tibetan',
      'Mongolian',
    ]
      .map((script) => `\\p{Script=${script}}`)
      .join('')}]\\p{M}*[\\u200c\\u200d]`,
  ].join('|'),
  'gu',
);
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** They only say where text of the other direction begins or ends. */
const MARKS = /[\u200e\u200f\u061c]/g;
