import type { CommandRuleInput } from '../../policy.js';

/** Guesses file types; compiles no magic file, starts no decompressor. */
export const file: CommandRuleInput = {
  forbiddenFlags: [
    '-C',
    '--compile',
    '-z',
    '--uncompress',
    '-Z',
    '--uncompress-noreport',
    '-S',
    '--no-sandbox',
  ],
  options: {
    '-F': 'text',
    '--separator': 'text',
    '-P': 'text',
    '--parameter': 'text',
    '-e': 'text',
    '--exclude': 'text',
    '-m': 'path',
    '--magic-file': 'path',
    '-f': 'path',
    '--files-from': 'path',
  },
};
