import * as z from 'zod';
import { type ToolCall, toolCall, toolNames } from '../../protocol/tools.js';

/** Above the tool proxy's own bound, whose marker says what was cut. */
const MAX_RESULT_CHARS = 320 * 1024;

export interface NamedInput {
  readonly name: string;
  readonly input: unknown;
  /** Before the tools' own names, as the model was told them. */
  readonly prefix?: string;
}

/** A model's call in the broker's words, or what is wrong with it, for the model to read. */
export function checkCall({
  name,
  input,
  prefix = '',
}: NamedInput): { call: ToolCall } | { problem: string } {
  const tool = toolNames.find((known) => `${prefix}${known}` === name);
  if (tool === undefined) {
    const known = toolNames.map((each) => `${prefix}${each}`).join(', ');
    return { problem: `There is no tool of this name. The tools are: ${known}.` };
  }
  const parsed = toolCall.safeParse({ tool, input });
  if (parsed.success) return { call: parsed.data };
  return { problem: `The input is wrong; nothing was run.\n${z.prettifyError(parsed.error)}` };
}

/** A result as long as a model should be given. */
export function cutMiddle(text: string): string {
  if (text.length <= MAX_RESULT_CHARS) return text;
  const half = MAX_RESULT_CHARS / 2;
  const cut = text.length - MAX_RESULT_CHARS;
  return `${text.slice(0, half)}\n[… ${cut} characters left out …]\n${text.slice(-half)}`;
}
