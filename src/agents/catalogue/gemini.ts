import { brokerTools } from '../../protocol/tools.js';
import { BROKER, brokerFiles, inMode, sessionIn } from './broker-server.js';
import type { AgentDefinition } from './definition.js';

/** Gemini CLI, which speaks ACP itself. Its tools are parted by its policy file. */
export const gemini: AgentDefinition = {
  id: 'gemini',
  title: 'Gemini CLI',
  protocols: ['gemini'],
  image: 'gemini',
  minMemoryMb: 768,
  startMs: 60_000,
  brokerToolsOnly: true,
  canBeContained: true,
  harmlessTools: [],
  launch: ({ model, mode }) => ({
    spec: {
      kind: 'program',
      command: '/usr/local/bin/node',
      args: [
        '/opt/agent/node_modules/@google/gemini-cli/bundle/gemini.js',
        '--acp',
        ...(mode === 'brokered' ? ['--policy', '{home}/.airlock/policy.toml'] : []),
      ],
      env: {
        GEMINI_API_KEY: '{token}',
        GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:{port}/llm',
        GEMINI_MODEL: model,
        GEMINI_CLI_NO_RELAUNCH: 'true',
        GEMINI_CLI_TRUST_WORKSPACE: 'true',
      },
      ...inMode(mode),
      files: {
        ...brokerFiles(mode),
        ...(mode === 'brokered' ? { '.airlock/policy.toml': policyFile } : {}),
        '.gemini/settings.json': JSON.stringify(toSettings(model)),
      },
    },
    session: sessionIn(mode),
  }),
};

// A file that it cannot read lets everything pass; the check of each model request is what stands behind it.
const policyFile = [
  '[[rule]]',
  'toolName = "*"',
  'decision = "deny"',
  'priority = 100',
  ...brokerTools.flatMap((name) => [
    '[[rule]]',
    `toolName = ${JSON.stringify(`mcp_${BROKER}_${name}`)}`,
    'decision = "allow"',
    'priority = 900',
  ]),
  '',
].join('\n');

function toSettings(model: string): unknown {
  return {
    model: { name: model },
    security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
    privacy: { usageStatisticsEnabled: false },
    telemetry: { enabled: false },
    general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
  };
}
