import { quoteWord } from '../shell-word.js';

/** How to go on with what a session left, as command lines. */
export function nextSteps(sessionId: string, stateDir: string | undefined): readonly string[] {
  const place = stateDir === undefined ? '' : ` --state-dir ${quoteWord(stateDir)}`;
  const options = ` --session ${sessionId}${place}`;
  return [
    `airlock changes${options}`,
    `airlock diff${options}`,
    `airlock approve --all${options}`,
    `airlock apply${options}`,
  ];
}
