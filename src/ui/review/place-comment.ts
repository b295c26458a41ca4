/** The 0-based line that a comment is about now: the nearest that reads as the one it was made on, else the old place. */
export function placeComment(lines: readonly string[], line: number, excerpt: string): number {
  const old = Math.max(line - 1, 0);
  const isIt = (at: number) => lines[at]?.startsWith(excerpt) === true;
  for (let away = 0; away <= lines.length; away += 1) {
    if (isIt(old - away)) return old - away;
    if (isIt(old + away)) return old + away;
  }
  return Math.min(old, Math.max(lines.length - 1, 0));
}
