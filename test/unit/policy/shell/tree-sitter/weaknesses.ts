import type { Weakness } from './edits.js';
import { weakCommands } from './weak-commands.js';
import { weakExpansions } from './weak-expansions.js';
import { weakWords } from './weak-words.js';

/** In the order in which they are taken out of a text. */
export const weaknesses: readonly Weakness[] = [...weakExpansions, ...weakWords, ...weakCommands];
