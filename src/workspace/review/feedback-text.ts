import { toVisibleLine, toVisibleText } from '../../base/visible-text.js';
import type { Feedback } from './review-file.js';

/** Characters of all that the agent is told at once, at most. */
export const MAX_FEEDBACK_TEXT = 20_000;
/** Of these for what stands around the remarks. */
const FRAME = 1000;
const MAX_QUOTED = 1000;
const MAX_SAID = 5000;
/** Hidden characters become longer when they are made visible. */
const MAX_REMARK = 9000;

export interface FeedbackText {
  /** Empty when there is nothing to tell. */
  readonly text: string;
  /** Of the remarks in it; what had no room is left for the next time. */
  readonly ids: readonly string[];
}

/**
 * What the user rejected and said, in words for the agent. `isFresh`: for an agent that begins anew, in whose copy
 * the proposals are not.
 */
export function describeFeedback(feedback: readonly Feedback[], isFresh = false): FeedbackText {
  const chosen = chooseFitting(feedback);
  if (chosen.length === 0) return { text: '', ids: [] };
  const comments = chosen.filter(({ kind }) => kind === 'comment');
  const rejections = chosen.filter(({ kind }) => kind !== 'comment');
  const left = feedback.length - chosen.length;
  const parts = [
    isFresh
      ? 'The user reviewed what an earlier agent proposed. Its proposals are not in your copy of the workspace.'
      : 'The user has reviewed your proposed changes.',
    ...section('Comments of the user:', comments),
    ...section('Rejected by the user:', rejections),
    ...(isFresh || rejections.length === 0
      ? []
      : [
          'Your copy of the workspace still holds rejected parts; do not propose them again unless the comments ask for it.',
        ]),
    ...(left === 0 ? [] : [`(${left} more ${left === 1 ? 'remark' : 'remarks'} had no room here.)`]),
  ];
  return { text: parts.join('\n\n'), ids: chosen.map(({ id }) => id) };
}

/** What the user wrote goes first, then parts, then whole files; the oldest of each first. */
function chooseFitting(feedback: readonly Feedback[]): readonly Feedback[] {
  const order = ['comment', 'rejected-hunk', 'rejected'];
  const sorted = [...feedback].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  let room = MAX_FEEDBACK_TEXT - FRAME;
  return sorted.filter((remark) => {
    const { length } = describeRemark(remark);
    if (length + 1 > room) return false;
    room -= length + 1;
    return true;
  });
}

function section(title: string, remarks: readonly Feedback[]): readonly string[] {
  return remarks.length === 0 ? [] : [[title, ...remarks.map(describeRemark)].join('\n')];
}

function describeRemark(remark: Feedback): string {
  const text = writeRemark(remark);
  return text.length > MAX_REMARK ? `${text.slice(0, MAX_REMARK)}…` : text;
}

function writeRemark(remark: Feedback): string {
  const path = toVisibleLine(remark.path);
  switch (remark.kind) {
    case 'rejected':
      return `- ${path}: the whole change`;
    case 'rejected-hunk':
      return `- ${path}:${remark.line}: this part of the change\n${quote(remark.excerpt)}`;
    case 'comment':
      return `- ${path}:${remark.line}: ${indent(cut(remark.text.trim(), MAX_SAID))}\n${quote(remark.excerpt)}`;
  }
}

/** Each line marked: whatever stands in the file does not look like the user's words. */
function quote(text: string): string {
  const lines = cut(text.replace(/\n$/, ''), MAX_QUOTED).split('\n');
  return lines.map((line) => `  > ${line}`).join('\n');
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

function cut(text: string, limit: number): string {
  return toVisibleText(text.replaceAll('\r\n', '\n'), limit);
}
