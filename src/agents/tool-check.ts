import { toVisibleLine } from '../base/visible-text.js';
import { brokerTools } from '../protocol/tools.js';
import { BROKER } from './catalogue/broker-server.js';
import type { AgentDefinition } from './catalogue/definition.js';

/** How agents make a tool's name of an MCP server's and the tool's own. */
const prefixes = [
  '',
  `${BROKER}_`,
  `${BROKER}.`,
  `mcp__${BROKER}__`,
  `mcp__${BROKER}.`,
  `mcp__${BROKER}__.`,
  `mcp_${BROKER}_`,
];
const brokerNames = new Set(prefixes.flatMap((prefix) => brokerTools.map((tool) => `${prefix}${tool}`)));

/**
 * The self-check of an agent whose own tools must be off: it sees what every model request offers, so that nothing
 * has to be believed of the agent's configuration. Fails closed: the first request with another tool is refused.
 */
export class ToolCheck {
  readonly #agent: Pick<AgentDefinition, 'harmlessTools'>;
  readonly #onFailure: (detail: string) => void;
  #brokerSeen = false;

  constructor(agent: Pick<AgentDefinition, 'harmlessTools'>, onFailure: (detail: string) => void) {
    this.#agent = agent;
    this.#onFailure = onFailure;
  }

  /** The reason why a request must not go out. Requests without tools (a title, a summary) pass. */
  check(offered: readonly string[]): string | undefined {
    if (offered.length === 0) return undefined;
    const foreign = offered.find(
      (name) => !brokerNames.has(name) && !this.#agent.harmlessTools.includes(name),
    );
    if (foreign !== undefined)
      return this.#fail(
        `it offers its model the tool "${toVisibleLine(foreign, 100)}", which is not the sandbox's`,
      );
    const missing = brokerTools.find(
      (tool) => !prefixes.some((prefix) => offered.includes(`${prefix}${tool}`)),
    );
    if (missing !== undefined)
      return this.#fail(`it does not offer its model the sandbox's tool "${missing}"`);
    this.#brokerSeen = true;
    return undefined;
  }

  /**
   * What is wrong after a turn: an agent that never offered the broker's tools worked without any, and may have
   * claimed success.
   */
  finishTurn(): string | undefined {
    return this.#brokerSeen ? undefined : this.#fail("it never offered its model the sandbox's tools");
  }

  #fail(detail: string): string {
    this.#onFailure(detail);
    return detail;
  }
}
