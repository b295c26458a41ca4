import { splitLines } from '../../workspace/hunks/split-lines.js';

/** From a text's lines to those that an editor shows of it, and back; 0-based. */
export interface EditorLines {
  toEditor(line: number): number;
  fromEditor(line: number): number;
}

const LONE_CR = /\r(?!\n)/g;
const same: EditorLines = { toEditor: (line) => line, fromEditor: (line) => line };

/**
 * A hunk's lines end with LF. An editor ends a line at a lone CR too: without this an agent could make the cursor
 * stand at another hunk than the one that is shown there.
 */
export function mapLines(text: string): EditorLines {
  if (text.search(LONE_CR) === -1) return same;
  const starts: number[] = [];
  let at = 0;
  for (const line of splitLines(text)) {
    starts.push(at);
    at += 1 + (line.match(LONE_CR)?.length ?? 0);
  }
  return {
    toEditor: (line) => starts[line] ?? at,
    fromEditor: (line) => {
      const found = starts.findLastIndex((start) => start <= line);
      return line >= at ? starts.length : Math.max(found, 0);
    },
  };
}
