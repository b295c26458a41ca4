import { builtin } from './builtin.js';
import { claudeCode } from './claude-code.js';
import { codex } from './codex.js';
import { type CustomAgent, customAgent } from './custom.js';
import type { AgentDefinition, ModelProtocol } from './definition.js';
import { gemini } from './gemini.js';
import { opencode } from './opencode.js';

/** Every agent by its id, as settings and the CLI name it. */
export const agentCatalogue = {
  builtin,
  'claude-code': claudeCode,
  codex,
  opencode,
  gemini,
} as const satisfies Record<string, AgentDefinition>;

export type AgentId = keyof typeof agentCatalogue;
export const agentIds = Object.keys(agentCatalogue).filter(isAgentId);

/** The agent of a run: one of the catalogue, or a program of the user's. */
export type AgentChoice = { readonly id: AgentId } | ({ readonly id: 'custom' } & CustomAgent);

export function findAgent(choice: AgentChoice): AgentDefinition {
  return choice.id === 'custom' ? customAgent(choice) : agentCatalogue[choice.id];
}

/** The wire protocol an agent speaks when nothing else is asked for. */
export function defaultProvider(choice: AgentChoice): ModelProtocol {
  return findAgent(choice).protocols[0] ?? 'anthropic';
}

function isAgentId(id: string): id is AgentId {
  return Object.hasOwn(agentCatalogue, id);
}
