import type { StopReason } from '@agentclientprotocol/sdk';
import { anthropicProvider } from './anthropic.js';
import type { AgentConfig } from './config.js';
import type { Message } from './conversation.js';
import { openaiProvider } from './openai.js';
import { bridgeTools } from './tool-client.js';
import { type Report, runLoop } from './turn-loop.js';

/** Answers the last message of a conversation; see `runLoop`. */
export type Converse = (conversation: Message[], report: Report, signal: AbortSignal) => Promise<StopReason>;

/** The model and the tools, both through the bridge. */
export function createConverse(config: AgentConfig): Converse {
  const parts = {
    provider:
      config.provider === 'anthropic'
        ? anthropicProvider(config, config.model)
        : openaiProvider(config, config.model),
    runTool: bridgeTools(config),
    maxTurns: config.maxTurns,
  };
  return (conversation, report, signal) => runLoop(parts, conversation, report, signal);
}
