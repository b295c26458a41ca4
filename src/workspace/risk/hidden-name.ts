import { toVisibleLine } from '../../base/visible-text.js';
import type { Change } from '../changes.js';
import { findHiddenCharacter } from './content/invisible-characters.js';
import type { Risk } from './risk.js';

/** A name with characters that are not seen, or that turn the order of what is shown: it looks like another file's. */
export function hiddenName({ path, after }: Change): Risk | undefined {
  if (after.kind === 'absent' || findHiddenCharacter(path) === undefined) return undefined;
  return { rule: 'hidden-name', reason: `its name holds what cannot be seen: "${toVisibleLine(path, 200)}"` };
}
