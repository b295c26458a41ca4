import { BROKER, brokerFiles, inMode, sessionIn } from './broker-server.js';
import type { AgentDefinition, LaunchOptions, ModelProtocol } from './definition.js';

const packages: Readonly<Record<ModelProtocol, { npm: string; path: string }>> = {
  anthropic: { npm: '@ai-sdk/anthropic', path: '/v1' },
  openai: { npm: '@ai-sdk/openai-compatible', path: '/v1' },
  gemini: { npm: '@ai-sdk/google', path: '/v1beta' },
};

/** OpenCode, which speaks ACP itself. */
export const opencode: AgentDefinition = {
  id: 'opencode',
  title: 'OpenCode',
  protocols: ['anthropic', 'openai', 'gemini'],
  image: 'opencode',
  minMemoryMb: 1024,
  startMs: 90_000,
  brokerToolsOnly: true,
  canBeContained: true,
  harmlessTools: [],
  launch: (options) => ({
    spec: {
      kind: 'program',
      command: '/opt/agent/bin/opencode',
      args: ['acp'],
      env: {
        OPENCODE_CONFIG_CONTENT: JSON.stringify(toConfig(options)),
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
        OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
        OPENCODE_DISABLE_SHARE: '1',
        OPENCODE_DISABLE_PROJECT_CONFIG: '1',
        OPENCODE_DISABLE_EMBEDDED_WEB_UI: '1',
        OPENCODE_DISABLE_FFF: '1',
        // There is no network; this makes its attempts to install something fail at once.
        npm_config_registry: 'http://127.0.0.1:9/',
      },
      ...inMode(options.mode),
      files: brokerFiles(options.mode),
    },
    session: sessionIn(options.mode),
  }),
};

function toConfig({ protocol, model, mode }: LaunchOptions): unknown {
  const { npm, path } = packages[protocol];
  const name = `airlock/${model}`;
  return {
    autoupdate: false,
    share: 'disabled',
    snapshot: false,
    lsp: false,
    formatter: false,
    model: name,
    small_model: name,
    enabled_providers: ['airlock'],
    provider: {
      airlock: {
        npm,
        name: 'Airlock',
        options: { baseURL: `http://127.0.0.1:{port}/llm${path}`, apiKey: '{token}' },
        models: {
          [model]: { name: model, tool_call: true, limit: { context: 200_000, output: 8000 } },
        },
      },
    },
    ...(mode === 'brokered'
      ? {
          tools: { '*': false, [`${BROKER}_*`]: true },
          permission: { '*': 'deny', [`${BROKER}_*`]: 'allow' },
        }
      : { permission: { '*': 'allow', webfetch: 'deny', websearch: 'deny' } }),
    experimental: { mcp_timeout: 3_600_000 },
    agent: { title: { disable: true } },
  };
}
