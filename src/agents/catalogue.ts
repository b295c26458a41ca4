import type { AgentSpec } from '../protocol/bridge.js';

export interface AgentOptions {
  readonly provider: 'anthropic' | 'openai';
  readonly model: string;
}

/** Every agent by its id, as settings and the CLI name it. */
export const agentCatalogue = {
  builtin: ({ provider, model }) => ({ kind: 'builtin', provider, model }),
} as const satisfies Record<string, (options: AgentOptions) => AgentSpec>;

export type AgentId = keyof typeof agentCatalogue;
