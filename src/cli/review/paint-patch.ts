import { toVisibleText } from '../../base/visible-text.js';

/** Characters of a line that a terminal is given. */
const MAX_LINE = 10_000;

const RESET = '\u001b[0m';
const BOLD = '\u001b[1m';
const CYAN = '\u001b[36m';
const GREEN = '\u001b[32m';
const RED = '\u001b[31m';

/** A patch for a terminal: what would change how it is shown is made visible, and git's colours are added if wanted. */
export function paintPatch(patch: string, hasColours: boolean): string {
  let isHeader = true;
  return patch.replace(/[^\n]+/g, (line) => {
    if (line.startsWith('diff --git ')) isHeader = true;
    else if (line.startsWith('@@')) isHeader = false;
    const shown = toVisibleText(line, MAX_LINE);
    const colour = hasColours ? colourOf(line, isHeader) : '';
    return colour === '' ? shown : `${colour}${shown}${RESET}`;
  });
}

function colourOf(line: string, isHeader: boolean): string {
  if (isHeader) return BOLD;
  if (line.startsWith('@@')) return CYAN;
  if (line.startsWith('+')) return GREEN;
  return line.startsWith('-') ? RED : '';
}
