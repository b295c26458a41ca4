import type { McpServer } from '@agentclientprotocol/sdk';
import type { AgentSpec } from '../../protocol/bridge.js';

/** The wire protocols an agent can speak with its model; the gateway knows the same. */
export type ModelProtocol = 'anthropic' | 'openai' | 'gemini';

/**
 * brokered: the agent's own tools are off, and it cannot reach the workspace but through the broker's.
 * contained: it keeps them and works in the copy of the workspace; no policy judges what they do.
 */
export type AgentMode = 'brokered' | 'contained';

export interface LaunchOptions {
  readonly protocol: ModelProtocol;
  readonly model: string;
  readonly mode: AgentMode;
}

/** What the agent is asked for over ACP once it runs. */
export interface AcpSession {
  readonly mcpServers: readonly McpServer[];
  /** `_meta` of session/new. */
  readonly cwd: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  /** Set after session/new. */
  readonly modeId?: string;
}

export interface Launch {
  readonly spec: AgentSpec;
  readonly session: AcpSession;
}

/** One agent as data. */
export interface AgentDefinition {
  readonly id: string;
  readonly title: string;
  readonly protocols: readonly ModelProtocol[];
  /** Folder below `image/agents/` with what is put into the image; none when nothing has to be. */
  readonly image?: string;
  /** Below this it is killed for lack of memory sooner or later, MB. */
  readonly minMemoryMb: number;
  /** For its start, until it holds a session, ms. */
  readonly startMs: number;
  /**
   * Whether it may offer its model the broker's tools only. Every model request is checked then; one that offers
   * another tool ends the session.
   */
  readonly brokerToolsOnly: boolean;
  /** Whether it has tools of its own to keep. */
  readonly canBeContained: boolean;
  /** Tools of its own that reach nothing outside its process, by exact name. */
  readonly harmlessTools: readonly string[];
  launch(options: LaunchOptions): Launch;
}
