import { BROKER, brokerArgs, brokerCommand, brokerFiles, cwdFor, inMode } from './broker-server.js';
import type { AgentDefinition, AgentMode } from './definition.js';

const features = [
  'shell_tool',
  'unified_exec',
  'view_image',
  'plugins',
  'apps',
  'remote_plugin',
  'multi_agent',
  'goals',
  'sleep_tool',
  'shell_snapshot',
  'tool_suggest',
  'image_generation',
  'browser_use',
  'computer_use',
  'hooks',
  'code_mode_host',
  'skill_mcp_dependency_install',
];

/** Those that need a service or a browser. */
const remoteFeatures = [
  'plugins',
  'apps',
  'remote_plugin',
  'image_generation',
  'browser_use',
  'computer_use',
];

/** Codex, through its ACP adapter. Its own sandbox cannot run in a container, and has nothing to guard here. */
export const codex: AgentDefinition = {
  id: 'codex',
  title: 'Codex',
  protocols: ['openai'],
  image: 'codex',
  minMemoryMb: 768,
  startMs: 60_000,
  brokerToolsOnly: true,
  canBeContained: true,
  harmlessTools: [
    'update_plan',
    'request_user_input',
    'list_mcp_resources',
    'list_mcp_resource_templates',
    'read_mcp_resource',
  ],
  launch: ({ model, mode }) => ({
    spec: {
      kind: 'program',
      command: '/usr/local/bin/node',
      args: [
        mode === 'brokered'
          ? '/opt/agent/start.mjs'
          : '/opt/agent/node_modules/@agentclientprotocol/codex-acp/dist/index.js',
      ],
      env: {
        CODEX_HOME: '{home}/.codex',
        CODEX_PATH: '/opt/agent/bin/codex',
        AIRLOCK_MODEL: model,
        SANDBOX_TOKEN: '{token}',
        NO_BROWSER: '1',
        INITIAL_AGENT_MODE: 'agent-full-access',
      },
      ...inMode(mode),
      files: { ...brokerFiles(mode), '.codex/config.toml': toConfig(model, mode) },
    },
    session: { cwd: cwdFor(mode), mcpServers: [] },
  }),
};

function toConfig(model: string, mode: AgentMode): string {
  const brokered = mode === 'brokered';
  const text = (value: string) => JSON.stringify(value);
  return [
    `model = ${text(model)}`,
    'model_provider = "airlock"',
    ...(brokered ? ['model_catalog_json = "{home}/.codex/models.json"'] : []),
    'approval_policy = "never"',
    'sandbox_mode = "danger-full-access"',
    'check_for_update_on_startup = false',
    'web_search = "disabled"',
    '[analytics]',
    'enabled = false',
    '[features]',
    ...(brokered ? features : remoteFeatures).map((feature) => `${feature} = false`),
    '[model_providers.airlock]',
    'name = "Airlock"',
    'base_url = "http://127.0.0.1:{port}/llm/v1"',
    'wire_api = "responses"',
    'requires_openai_auth = false',
    'env_key = "SANDBOX_TOKEN"',
    'supports_websockets = false',
    ...(brokered
      ? [
          `[mcp_servers.${BROKER}]`,
          `command = ${text(brokerCommand)}`,
          `args = ${JSON.stringify(brokerArgs)}`,
          'tool_timeout_sec = 3600',
        ]
      : []),
    '',
  ].join('\n');
}
