import * as z from 'zod';
import { toVisibleLine, toVisibleText } from '../base/visible-text.js';
import type { AgentTool, AgentUpdate } from './updates.js';

const MAX_TEXT = 64 * 1024;
const MAX_TITLE = 300;
/** Of what one tool call shows, characters. */
const MAX_CONTENT = 8 * 1024;
const MAX_TOOLS = 2000;
const MAX_PLAN = 100;

const status = z.enum(['pending', 'in_progress', 'completed', 'failed']);
const content = z.object({ type: z.string(), text: z.string().optional() });
const toolContent = z.union([
  z.object({ type: z.literal('content'), content }),
  z.object({
    type: z.literal('diff'),
    path: z.string(),
    oldText: z.string().nullish(),
    newText: z.string(),
  }),
]);
const tool = z.object({
  toolCallId: z.string().min(1).max(256),
  title: z.string().nullish(),
  kind: z.string().max(32).nullish(),
  status: status.nullish().catch(undefined),
  // What is of another form (a terminal, an image) is passed over, one by one.
  content: z.array(toolContent.nullable().catch(null)).max(1000).nullish().catch(undefined),
});

const update = z.discriminatedUnion('sessionUpdate', [
  z.object({ sessionUpdate: z.literal('agent_message_chunk'), content }),
  z.object({ sessionUpdate: z.literal('agent_thought_chunk'), content }),
  tool.extend({ sessionUpdate: z.literal('tool_call') }),
  tool.extend({ sessionUpdate: z.literal('tool_call_update') }),
  z.object({
    sessionUpdate: z.literal('plan'),
    entries: z.array(
      z.object({
        content: z.string(),
        status: z.enum(['pending', 'in_progress', 'completed']).catch('pending'),
      }),
    ),
  }),
  z.object({ sessionUpdate: z.literal('current_mode_update'), currentModeId: z.string().min(1).max(256) }),
  z.object({ sessionUpdate: z.literal('usage_update'), used: z.number().min(0), size: z.number().min(0) }),
]);
const params = z.object({ sessionId: z.string(), update });

/** Turns the params of `session/update` into our own words. One reader per connection: tools are told of by parts. */
export class UpdateReader {
  readonly #tools = new Map<string, AgentTool>();

  /** `undefined` for what is of no use here or has a wrong form. */
  read(raw: unknown): AgentUpdate | undefined {
    const parsed = params.safeParse(raw);
    if (!parsed.success) return undefined;
    const said = parsed.data.update;
    switch (said.sessionUpdate) {
      case 'agent_message_chunk':
        return readText('text', said.content);
      case 'agent_thought_chunk':
        return readText('thought', said.content);
      case 'tool_call':
      case 'tool_call_update':
        return this.#readTool(said);
      case 'plan':
        return {
          type: 'plan',
          entries: said.entries
            .slice(0, MAX_PLAN)
            .map((entry) => ({ text: toVisibleLine(entry.content, MAX_TITLE), status: entry.status })),
        };
      case 'current_mode_update':
        return { type: 'mode', modeId: toVisibleLine(said.currentModeId) };
      case 'usage_update':
        return said.size > 0
          ? { type: 'usage', used: said.used, size: said.size }
          : { type: 'usage', used: said.used };
    }
  }

  #readTool(said: z.infer<typeof tool>): AgentTool | undefined {
    const known = this.#tools.get(said.toolCallId);
    if (known === undefined && this.#tools.size >= MAX_TOOLS) return undefined;
    const content = readContent(said.content) ?? known?.content;
    const merged: AgentTool = {
      type: 'tool',
      id: said.toolCallId,
      title: said.title ? toVisibleLine(said.title, MAX_TITLE) : (known?.title ?? 'Tool'),
      kind: said.kind ? toVisibleLine(said.kind) : (known?.kind ?? 'other'),
      status: said.status ?? known?.status ?? 'pending',
      ...(content === undefined ? {} : { content }),
    };
    this.#tools.set(said.toolCallId, merged);
    return merged;
  }
}

type ToolContent = z.infer<typeof toolContent>;

/** Undefined when nothing was said of it, which leaves what was said before. */
function readContent(parts: readonly (ToolContent | null)[] | null | undefined): string | undefined {
  if (!parts || parts.length === 0) return undefined;
  const text = parts.map((part) => (part === null ? '' : printContent(part))).filter((part) => part !== '');
  return toVisibleText(text.join('\n'), MAX_CONTENT);
}

function printContent(part: ToolContent): string {
  if (part.type === 'content') return part.content.type === 'text' ? (part.content.text ?? '') : '';
  const mark = (sign: string, text: string) =>
    text === ''
      ? []
      : cut(text, MAX_CONTENT)
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${sign} ${line}`);
  return [
    toVisibleLine(part.path, MAX_TITLE),
    ...mark('-', part.oldText ?? ''),
    ...mark('+', part.newText),
  ].join('\n');
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

function readText(
  type: 'text' | 'thought',
  { type: form, text }: z.infer<typeof content>,
): AgentUpdate | undefined {
  if (form !== 'text' || !text) return undefined;
  return { type, text: cut(text, MAX_TEXT) };
}
