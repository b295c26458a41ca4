import type { AgentTool, PlanEntry } from '../agents/updates.js';
import type { Decision } from '../policy/decision.js';
import type { Phase, SessionEvent } from '../session/events.js';

export type TranscriptItem =
  | { readonly id: number; readonly kind: 'phase'; readonly phase: Phase; readonly detail: string }
  | { readonly id: number; readonly kind: 'prompt' | 'text' | 'thought'; readonly text: string }
  | {
      readonly id: number;
      readonly kind: 'notice';
      readonly level: 'info' | 'warning';
      readonly text: string;
    }
  | { readonly id: number; readonly kind: 'plan'; readonly entries: readonly PlanEntry[] }
  | ToolItem;

export interface ToolItem {
  readonly id: number;
  readonly kind: 'tool';
  readonly tool: string;
  readonly title: string;
  /** A contained agent's own: no policy judged it. */
  readonly isOwn: boolean;
  readonly decision?: Decision;
  readonly output: string;
  /** Unset while it runs. */
  readonly ok?: boolean;
}

/** What a view that has seen everything before must do: put `changed` in, in order, and drop `removed`. */
export interface TranscriptPatch {
  readonly changed: readonly TranscriptItem[];
  readonly removed: readonly number[];
}

const MAX_ITEMS = 2000;
const MAX_ITEM_CHARS = 20_000;
const MAX_TOTAL_CHARS = 2_000_000;

/** What the agent said and did, bounded: the oldest goes first. Text is kept untrusted, as it came. */
export class Transcript {
  readonly #items = new Map<number, TranscriptItem>();
  readonly #tools = new Map<string, number>();
  readonly #changed = new Set<number>();
  #removed: number[] = [];
  #chars = 0;
  #nextId = 1;
  /** The turn's plan, which is told anew whenever it changes. */
  #planId: number | undefined;

  items(): readonly TranscriptItem[] {
    return [...this.#items.values()];
  }

  /** The changes since the last call. */
  takePatch(): TranscriptPatch {
    const changed = [...this.#changed].sort((a, b) => a - b).flatMap((id) => this.#items.get(id) ?? []);
    const patch = { changed, removed: this.#removed };
    this.#changed.clear();
    this.#removed = [];
    return patch;
  }

  apply(event: SessionEvent): void {
    switch (event.type) {
      case 'phase':
        this.#enterPhase(event.phase, event.detail ?? '');
        return;
      case 'text':
      case 'thought':
        this.#append(event.type, event.text);
        return;
      case 'prompt':
        this.#planId = undefined;
        this.#put({ id: this.#nextId++, kind: 'prompt', text: clip(event.text) });
        if (event.remarks !== undefined) this.#notice(describeRemarks(event.remarks));
        return;
      case 'plan':
        this.#planId ??= this.#nextId++;
        this.#put({ id: this.#planId, kind: 'plan', entries: event.entries });
        return;
      case 'mode':
        this.#notice(`The agent's mode is "${event.modeId}" now.`);
        return;
      case 'agent-tool':
        this.#applyOwnTool(event);
        return;
      case 'notice':
        this.#put({ id: this.#nextId++, kind: 'notice', level: event.level, text: clip(event.text) });
        return;
      case 'tool':
        this.#changeTool(event.callId, event.tool, (item) => ({ ...item, title: clip(event.title) }));
        return;
      case 'decision': {
        const { decision, rule, reason } = event;
        this.#changeTool(event.callId, event.tool, (item) => ({
          ...item,
          decision: { decision, rule, reason },
        }));
        return;
      }
      case 'tool-output':
        this.#changeTool(event.callId, '', (item) => ({ ...item, output: clip(item.output + event.text) }));
        return;
      case 'tool-result':
        this.#changeTool(event.callId, '', (item) => ({
          ...item,
          ok: event.ok,
          output: item.output === '' ? clip(event.text) : item.output,
        }));
        return;
      case 'model-call':
      case 'changes':
      case 'spend':
      case 'usage':
      case 'turn':
        return;
    }
  }

  #notice(text: string): void {
    this.#put({ id: this.#nextId++, kind: 'notice', level: 'info', text: clip(text) });
  }

  #applyOwnTool({ id, title, status, content }: Omit<AgentTool, 'type'>): void {
    this.#changeTool(`own ${id}`, '', (item) => ({
      ...item,
      isOwn: true,
      title: clip(title),
      ...(content === undefined ? {} : { output: clip(content) }),
      ...(status === 'completed' || status === 'failed' ? { ok: status === 'completed' } : {}),
    }));
  }

  /** An image build reports each of its steps: one entry, with the last. */
  #enterPhase(phase: Phase, detail: string): void {
    const last = this.#items.get(this.#nextId - 1);
    const id = last?.kind === 'phase' && last.phase === phase ? last.id : this.#nextId++;
    this.#put({ id, kind: 'phase', phase, detail: clip(detail) });
  }

  #append(kind: 'text' | 'thought', text: string): void {
    const last = this.#items.get(this.#nextId - 1);
    if (last?.kind === kind && last.text.length + text.length <= MAX_ITEM_CHARS) {
      this.#put({ ...last, text: last.text + text });
      return;
    }
    this.#put({ id: this.#nextId++, kind, text: clip(text) });
  }

  #changeTool(callId: string, tool: string, change: (item: ToolItem) => ToolItem): void {
    const known = this.#items.get(this.#tools.get(callId) ?? -1);
    const item: ToolItem =
      known?.kind === 'tool'
        ? known
        : { id: this.#nextId++, kind: 'tool', tool, title: tool, isOwn: false, output: '' };
    this.#tools.set(callId, item.id);
    this.#put(change(item));
  }

  #put(item: TranscriptItem): void {
    this.#chars += sizeOf(item) - sizeOf(this.#items.get(item.id));
    this.#items.set(item.id, item);
    this.#changed.add(item.id);
    for (const [id, oldest] of this.#items) {
      if (this.#items.size <= MAX_ITEMS && this.#chars <= MAX_TOTAL_CHARS) break;
      this.#chars -= sizeOf(oldest);
      this.#items.delete(id);
      this.#removed.push(id);
    }
    if (this.#tools.size > 2 * MAX_ITEMS) this.#forgetOldCalls();
  }

  #forgetOldCalls(): void {
    for (const [callId, id] of this.#tools) if (!this.#items.has(id)) this.#tools.delete(callId);
  }
}

function describeRemarks(count: number): string {
  return count === 1
    ? '1 remark of your review was sent with it.'
    : `${count} remarks of your review were sent with it.`;
}

/** The end is kept: of a command's output it says most. */
function clip(text: string): string {
  return text.length <= MAX_ITEM_CHARS ? text : `… ${text.slice(-MAX_ITEM_CHARS)}`;
}

function sizeOf(item: TranscriptItem | undefined): number {
  if (item === undefined) return 0;
  if (item.kind === 'phase') return item.detail.length;
  if (item.kind === 'plan') return item.entries.reduce((sum, { text }) => sum + text.length, 0);
  return item.kind === 'tool' ? item.title.length + item.output.length : item.text.length;
}
