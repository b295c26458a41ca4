import * as z from 'zod';

const environment = z.object({
  AIRLOCK_PORT: z.coerce.number().int().min(1).max(65535),
  AIRLOCK_TOKEN: z.string().min(1),
  AIRLOCK_PROVIDER: z.enum(['anthropic', 'openai']),
  AIRLOCK_MODEL: z.string().min(1).max(256),
  AIRLOCK_MAX_TURNS: z.coerce.number().int().min(1).max(10_000).default(50),
});

export interface AgentConfig {
  /** Where the bridge listens on 127.0.0.1. */
  readonly port: () => Promise<number>;
  readonly token: string;
  readonly provider: 'anthropic' | 'openai';
  readonly model: string;
  /** Model calls of one prompt, at most. */
  readonly maxTurns: number;
}

/** Throws with the names of the variables that are missing or wrong, never with their values. */
export function readConfig(env: NodeJS.ProcessEnv): AgentConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.'));
    throw new Error(`missing or wrong in the environment: ${names.join(', ')}`);
  }
  return {
    port: async () => parsed.data.AIRLOCK_PORT,
    token: parsed.data.AIRLOCK_TOKEN,
    provider: parsed.data.AIRLOCK_PROVIDER,
    model: parsed.data.AIRLOCK_MODEL,
    maxTurns: parsed.data.AIRLOCK_MAX_TURNS,
  };
}
