import { findAgent } from '../../agents/catalogue/catalogue.js';
import type { AgentDefinition, AgentMode, Launch } from '../../agents/catalogue/definition.js';
import { ToolCheck } from '../../agents/tool-check.js';
import { errors } from '../../base/errors.js';
import type { AgentImage } from '../../sandbox/agent-image.js';
import type { RunRequest } from '../api.js';

/** Said at the start of a session whose agent keeps its own tools. */
export const containedNotice =
  'This agent runs in the mode "contained": it keeps its own tools, and the command policy does not judge what it does. The container, the review and your approval of each change are the same.';

/** The agent of a run with what the session needs of it. */
export interface SelectedAgent extends Launch, Pick<AgentDefinition, 'startMs' | 'title'> {
  readonly mode: AgentMode;
  readonly image: AgentImage | undefined;
  /** Present when the agent's own tools must be off. */
  readonly toolCheck: ToolCheck | undefined;
  /** Rejects with `selfCheckFailed`; never resolves. */
  readonly unfit: Promise<never>;
}

/** Throws `agentSpeaksOther` or `agentNeedsMemory` before anything is made. */
export function checkAgent({ agent, mode, provider, limits }: RunRequest): AgentDefinition {
  const definition = findAgent(agent);
  if (!definition.protocols.includes(provider))
    throw errors.agentSpeaksOther(definition.title, provider, definition.protocols);
  if (mode === 'contained' && !definition.canBeContained) throw errors.agentNotContained(definition.title);
  if (limits.memoryMb < definition.minMemoryMb)
    throw errors.agentNeedsMemory(definition.title, definition.minMemoryMb, limits.memoryMb);
  return definition;
}

export function selectAgent(request: RunRequest): SelectedAgent {
  const definition = checkAgent(request);
  const { title, image, startMs, brokerToolsOnly } = definition;
  const { mode = 'brokered' } = request;
  let fail: (error: Error) => void = () => undefined;
  const unfit = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // The session races it; it may fail before anybody waits.
  unfit.catch(() => undefined);
  return {
    // The editor's own model may be unnamed; an agent wants a name.
    ...definition.launch({ protocol: request.provider, model: request.model || 'editor', mode }),
    mode,
    title,
    startMs,
    image: image === undefined ? undefined : { folder: image, title, network: request.network ?? {} },
    toolCheck:
      brokerToolsOnly && mode === 'brokered'
        ? new ToolCheck(definition, (detail) => fail(errors.selfCheckFailed(title, detail)))
        : undefined,
    unfit,
  };
}
