import type { PathRule } from '../path-rule.js';

/** Configurations of MCP servers: each names commands that an editor or an agent starts on the user's machine. */
export const mcpServers: PathRule = {
  rule: 'mcp-servers',
  reason: 'it names programs that editors and agents start on your machine',
  names: ['.mcp.json', 'mcp.json', 'mcp.jsonc', 'mcp_config.json', 'mcp-config.json', 'mcp_settings.json'],
};
