import { brokerFiles, inMode, sessionIn } from './broker-server.js';
import type { AgentDefinition } from './definition.js';

/** An ACP agent the user names. It must be in the image already, or be found on its PATH. */
export interface CustomAgent {
  readonly command: string;
  readonly args: readonly string[];
  /** `{port}` and `{token}` stand for where the gateway is and what opens it. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Nothing is known of it: it gets the broker, and what mediates it is that its uid reaches nothing else. */
export function customAgent({ command, args, env }: CustomAgent): AgentDefinition {
  return {
    id: 'custom',
    title: command,
    protocols: ['anthropic', 'openai', 'gemini'],
    minMemoryMb: 256,
    startMs: 90_000,
    brokerToolsOnly: false,
    canBeContained: true,
    harmlessTools: [],
    launch: ({ mode }) => ({
      spec: {
        kind: 'program',
        command,
        args: [...args],
        env: {
          ANTHROPIC_BASE_URL: 'http://127.0.0.1:{port}/llm',
          ANTHROPIC_AUTH_TOKEN: '{token}',
          OPENAI_BASE_URL: 'http://127.0.0.1:{port}/llm/v1',
          OPENAI_API_KEY: '{token}',
          GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:{port}/llm',
          GEMINI_API_KEY: '{token}',
          ...env,
        },
        ...inMode(mode),
        files: brokerFiles(mode),
      },
      session: sessionIn(mode),
    }),
  };
}
