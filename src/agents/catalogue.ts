import type { AgentSpec } from '../protocol/bridge.js';

export interface BuiltinOptions {
  readonly provider: 'anthropic' | 'openai';
  readonly model: string;
  /** Model calls of one prompt, at most. */
  readonly maxTurns?: number;
}

/** The agent that Airlock brings itself. The bridge fills in `{port}` and `{token}`. */
export function builtinAgent({ provider, model, maxTurns }: BuiltinOptions): AgentSpec {
  return {
    command: '/usr/local/bin/node',
    args: ['/opt/airlock/agent.js'],
    env: {
      AIRLOCK_PORT: '{port}',
      AIRLOCK_TOKEN: '{token}',
      AIRLOCK_PROVIDER: provider,
      AIRLOCK_MODEL: model,
      ...(maxTurns === undefined ? {} : { AIRLOCK_MAX_TURNS: String(maxTurns) }),
    },
    cwd: '/home/agent',
  };
}

/** Every agent by its id, as settings and the CLI name it. */
export const agentCatalogue = {
  builtin: builtinAgent,
} as const satisfies Record<string, (options: BuiltinOptions) => AgentSpec>;

export type AgentId = keyof typeof agentCatalogue;
