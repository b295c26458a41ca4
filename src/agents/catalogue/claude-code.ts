import { BROKER, brokerFiles, inMode, sessionIn } from './broker-server.js';
import type { AgentDefinition } from './definition.js';

/** Claude Code, through its ACP adapter. */
export const claudeCode: AgentDefinition = {
  id: 'claude-code',
  title: 'Claude Code',
  protocols: ['anthropic'],
  image: 'claude-code',
  minMemoryMb: 1024,
  startMs: 60_000,
  brokerToolsOnly: true,
  canBeContained: true,
  harmlessTools: [],
  launch: ({ model, mode }) => ({
    spec: {
      kind: 'program',
      command: '/usr/local/bin/node',
      args: ['/opt/agent/node_modules/@agentclientprotocol/claude-agent-acp/dist/index.js'],
      env: {
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:{port}/llm',
        ANTHROPIC_AUTH_TOKEN: '{token}',
        ANTHROPIC_MODEL: model,
        ANTHROPIC_SMALL_FAST_MODEL: model,
        CLAUDE_CODE_EXECUTABLE: '/opt/agent/bin/claude',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
        DISABLE_AUTOUPDATER: '1',
        ENABLE_TOOL_SEARCH: 'false',
        // Longer than any command may run.
        MCP_TOOL_TIMEOUT: '86400000',
      },
      ...inMode(mode),
      files: brokerFiles(mode),
    },
    session: {
      ...sessionIn(mode),
      meta: { claudeCode: { options: mode === 'brokered' ? brokered : contained } },
      // Its default asks a model whether each call is safe; the broker judges them, or the container holds them.
      modeId: 'default',
    },
  }),
};

// No settings of the workspace: hooks and servers named there are for the user's own machine.
const contained = { settingSources: [], promptSuggestions: false };
const brokered = {
  ...contained,
  tools: [],
  strictMcpConfig: true,
  allowedTools: [`mcp__${BROKER}__*`],
};
