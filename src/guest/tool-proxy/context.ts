import type * as z from 'zod';
import type { Policy } from '../../policy/policy.js';
import type { initRequest } from '../../protocol/tool-proxy.js';
import type { ToolOutput, ToolResult } from '../../protocol/tools.js';
import type { PipePool } from '../process/pipe-pool.js';
import type { ProcessTree } from '../process/process-tree.js';

/** What /init fixed for the life of the proxy. */
export interface Context extends Omit<z.output<typeof initRequest>, 'policy'> {
  /** The snapshot; rejects when it is no policy, and with it every tool call. */
  readonly policy: () => Promise<Policy>;
  readonly tree: ProcessTree;
  /** What joins the programs of a script. */
  readonly pipes: PipePool;
}

/** What a tool is given besides its input. */
export interface ToolRun {
  readonly context: Context;
  readonly signal: AbortSignal;
  emit(output: ToolOutput): void;
}

export type ToolAnswer = Omit<ToolResult, 'type'>;
