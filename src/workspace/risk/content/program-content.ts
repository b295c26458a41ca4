import type { Content, ContentRule } from './content.js';

/** Programs by what they begin with, whatever they are called: compiled ones, and scripts that were none before. */
export const programContent: ContentRule = {
  rule: 'program-content',
  judge: (content) => {
    const { change, head, after } = content;
    if (change.after.kind !== 'file' || change.status === 'mode') return undefined;
    const isBinary = after === undefined;
    const format = isBinary
      ? FORMATS.find(([, magics]) => magics.some((magic) => startsWith(head, magic)))?.[0]
      : undefined;
    if (format !== undefined) return risk(`it is ${format}, which runs without anyone reading it`);
    if (isNewScript(content))
      return { ...risk('it is a script that says what it is to be run with'), line: 0 };
    return undefined;
  },
};

const FORMATS: readonly (readonly [string, readonly (readonly number[])[]])[] = [
  ['a program for Linux (ELF)', [[0x7f, 0x45, 0x4c, 0x46]]],
  ['a program for Windows', [[0x4d, 0x5a]]],
  [
    'a program for macOS or of Java',
    [
      [0xfe, 0xed, 0xfa, 0xce],
      [0xfe, 0xed, 0xfa, 0xcf],
      [0xce, 0xfa, 0xed, 0xfe],
      [0xcf, 0xfa, 0xed, 0xfe],
      [0xca, 0xfe, 0xba, 0xbe],
      [0xca, 0xfe, 0xba, 0xbf],
    ],
  ],
  ['a library of compiled code', [[...Buffer.from('!<arch>')]]],
  ['a program for Android', [[...Buffer.from('dex\n')]]],
];

function isNewScript({ before = '', head }: Content): boolean {
  // Not Rust's inner attribute, `#![…]`.
  return startsWith(head, [0x23, 0x21]) && head[2] !== 0x5b && !before.startsWith('#!');
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function risk(reason: string) {
  return { reason };
}
