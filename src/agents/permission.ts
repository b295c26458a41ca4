import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { toVisibleLine } from '../base/visible-text.js';
import type { PermissionAnswer, PermissionQuestion } from './updates.js';

/** An agent's own question, as the user is asked it. */
export function toQuestion({ toolCall }: RequestPermissionRequest): PermissionQuestion {
  return {
    toolCallId: toVisibleLine(toolCall.toolCallId, 256),
    title: toVisibleLine(toolCall.title ?? 'Use a tool'),
  };
}

/** The option that stands for the answer this one time. None that would hold for later is ever chosen. */
export function toReply(
  request: RequestPermissionRequest,
  answer: PermissionAnswer,
): RequestPermissionResponse {
  const wanted = answer === 'allow' ? 'allow_once' : 'reject_once';
  const option = request.options.find(({ kind }) => kind === wanted);
  if (option === undefined) return { outcome: { outcome: 'cancelled' } };
  return { outcome: { outcome: 'selected', optionId: option.optionId } };
}
