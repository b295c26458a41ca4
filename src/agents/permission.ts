import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { toVisibleLine } from '../base/visible-text.js';
import { brokerTools } from '../protocol/tools.js';
import type { AgentMode } from './catalogue/definition.js';
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

/**
 * What an agent is told that asks for leave to use a tool. Brokered: a tool of the broker's is allowed here, for the
 * broker judges the call itself, and asks the user where the policy says so: one question, not two; nothing else is
 * there to be allowed. Contained: the container is the boundary, which no answer can move.
 */
export function answerPermission({ title }: PermissionQuestion, mode: AgentMode): PermissionAnswer {
  if (mode === 'contained') return 'allow';
  const words = title.split(/[^A-Za-z0-9_]+/);
  const isBroker = words.some((word) =>
    brokerTools.some((tool) => word === tool || word.endsWith(`_${tool}`)),
  );
  return isBroker ? 'allow' : 'deny';
}
