import type { AgentDefinition } from './definition.js';

/** The agent that Airlock brings: a loop of model calls and the broker's tools. */
export const builtin: AgentDefinition = {
  id: 'builtin',
  title: 'Airlock agent',
  protocols: ['anthropic', 'openai'],
  minMemoryMb: 256,
  startMs: 30_000,
  brokerToolsOnly: false,
  canBeContained: false,
  harmlessTools: [],
  launch: ({ protocol, model }) => ({
    spec: { kind: 'builtin', provider: protocol === 'openai' ? 'openai' : 'anthropic', model },
    session: { cwd: '/workspace', mcpServers: [] },
  }),
};
