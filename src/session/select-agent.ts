import { findAgent } from '../agents/catalogue/catalogue.js';
import type { AgentDefinition, Launch } from '../agents/catalogue/definition.js';
import { ToolCheck } from '../agents/tool-check.js';
import { errors } from '../base/errors.js';
import type { AgentImage } from '../sandbox/agent-image.js';
import type { RunRequest } from './api.js';

/** The agent of a run with what the session needs of it. */
export interface SelectedAgent extends Launch, Pick<AgentDefinition, 'startMs' | 'title'> {
  readonly image: AgentImage | undefined;
  /** Present when the agent's own tools must be off. */
  readonly toolCheck: ToolCheck | undefined;
  /** Rejects with `selfCheckFailed`; never resolves. */
  readonly unfit: Promise<never>;
}

/** Throws `agentSpeaksOther` or `agentNeedsMemory` before anything is made. */
export function checkAgent({ agent, provider, limits }: RunRequest): AgentDefinition {
  const definition = findAgent(agent);
  if (!definition.protocols.includes(provider))
    throw errors.agentSpeaksOther(definition.title, provider, definition.protocols);
  if (limits.memoryMb < definition.minMemoryMb)
    throw errors.agentNeedsMemory(definition.title, definition.minMemoryMb, limits.memoryMb);
  return definition;
}

export function selectAgent(request: RunRequest): SelectedAgent {
  const definition = checkAgent(request);
  const { title, image, startMs, brokerToolsOnly } = definition;
  let fail: (error: Error) => void = () => undefined;
  const unfit = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // The session races it; it may fail before anybody waits.
  unfit.catch(() => undefined);
  return {
    ...definition.launch({ protocol: request.provider, model: request.model }),
    title,
    startMs,
    image: image === undefined ? undefined : { folder: image, title, network: request.network ?? {} },
    toolCheck: brokerToolsOnly
      ? new ToolCheck(definition, (detail) => fail(errors.selfCheckFailed(title, detail)))
      : undefined,
    unfit,
  };
}
