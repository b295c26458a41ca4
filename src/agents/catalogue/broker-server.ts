import type { McpServer } from '@agentclientprotocol/sdk';
import { agentCwd, type ProgramSpec } from '../../protocol/bridge.js';
import type { AcpSession, AgentMode } from './definition.js';

/** Name of the broker among the agent's MCP servers; agents make it part of the tools' names. */
export const BROKER = 'broker';
export const brokerCommand = '/usr/local/bin/node';
export const brokerArgs: readonly string[] = ['/opt/airlock/mcp.js'];

/** The broker as an MCP server over stdio. It finds the bridge by the file that `bridgeFile` makes. */
const brokerServer: McpServer = {
  name: BROKER,
  command: brokerCommand,
  args: [...brokerArgs],
  env: [],
};

/** Agents differ in which environment their MCP servers get, so a file tells them of the bridge. */
const bridgeFile: Readonly<Record<string, string>> = {
  '.airlock/bridge.json': '{"port":{port},"token":"{token}"}',
};

/** Where an agent works: in a contained one's case in the workspace itself. */
export function cwdFor(mode: AgentMode): string {
  return mode === 'contained' ? '/workspace' : agentCwd;
}

/** The part of a launch that the mode alone decides. */
export function inMode(mode: AgentMode): Pick<ProgramSpec, 'cwd' | 'contained'> {
  return { cwd: cwdFor(mode), contained: mode === 'contained' };
}

/** What a brokered agent's HOME needs for the broker; a contained one has none. */
export function brokerFiles(mode: AgentMode): Readonly<Record<string, string>> {
  return mode === 'brokered' ? bridgeFile : {};
}

/** The ACP session of an agent that takes its MCP servers from there. */
export function sessionIn(mode: AgentMode): AcpSession {
  return { cwd: cwdFor(mode), mcpServers: mode === 'brokered' ? [brokerServer] : [] };
}
