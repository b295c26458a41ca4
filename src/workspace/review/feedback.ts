import { createHash } from 'node:crypto';
import type { Hunk } from '../hunks/hunks.js';
import { type Feedback, MAX_COMMENT, MAX_EXCERPT } from './review-file.js';

/** What the agent can still be told; the oldest are forgotten. */
const MAX_FEEDBACK = 500;

export function addFeedback(known: readonly Feedback[], added: Feedback): readonly Feedback[] {
  return [...known.filter(({ id }) => id !== added.id), added].slice(-MAX_FEEDBACK);
}

export function rejectedFile(path: string): Feedback {
  return { kind: 'rejected', id: identify('rejected', path), path };
}

export function rejectedHunk(path: string, hunk: Hunk): Feedback {
  const removed = hunk.oldLines.map((line) => `-${line}`);
  const added = hunk.newLines.map((line) => `+${line}`);
  return {
    kind: 'rejected-hunk',
    id: identify(hunk.key, path),
    path,
    line: hunk.newStart + 1,
    excerpt: [...removed, ...added].join('').slice(0, MAX_EXCERPT),
  };
}

/** `quoted`: the line that it is about. */
export function commentOn(path: string, line: number, quoted: string, text: string): Feedback {
  return {
    kind: 'comment',
    id: identify(`${line} ${text}`, path),
    path,
    line: Math.max(1, Math.trunc(line)),
    excerpt: quoted.slice(0, MAX_EXCERPT),
    text: text.slice(0, MAX_COMMENT),
  };
}

function identify(what: string, path: string): string {
  return createHash('sha256').update(`${what}\0${path}`).digest('hex').slice(0, 32);
}
