import { BOM } from './line-endings.js';
import { mergeThree } from './merge-three.js';
import { splitLines } from './split-lines.js';

export interface CarryInput {
  /** The agent's former text. */
  readonly proposed: string;
  /** What the user made of it: without the hunks they rejected, with their own edits. */
  readonly reviewed: string;
  /** The agent's text now. */
  readonly next: string;
}

/** A place where the agent changed what the user had decided on: its lines stand in the text again. */
export interface ChangedSince {
  /** 0-based, in the text. */
  readonly newStart: number;
  readonly newLines: readonly string[];
  /** What the user had there. */
  readonly formerLines: readonly string[];
}

export interface Carried {
  readonly text: string;
  readonly changed: readonly ChangedSince[];
}

/** The user's decisions on the agent's former text, brought to its new text as far as these are about the same lines. */
export function carryDecisions({ proposed, reviewed, next }: CarryInput): Carried {
  const merged = mergeThree({ base: proposed, ours: reviewed, theirs: next });
  switch (merged.kind) {
    case 'clean':
      return { text: merged.text, changed: [] };
    case 'too-large':
      return {
        text: next,
        changed: [{ newStart: 0, newLines: splitLines(next), formerLines: splitLines(reviewed) }],
      };
    case 'conflict':
      break;
  }
  const lines: string[] = [];
  const changed: ChangedSince[] = [];
  for (const region of merged.regions) {
    const added = region.kind === 'merged' ? region.lines : region.theirs;
    if (region.kind === 'conflict')
      changed.push({ newStart: lines.length, newLines: region.theirs, formerLines: region.ours });
    for (const line of added) lines.push(line);
  }
  return { text: `${merged.bom ? BOM : ''}${lines.join('')}`, changed };
}
