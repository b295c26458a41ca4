import type { RunRequest } from '../session/api.js';

type AgentChoice = RunRequest['agent'];
type AgentId = Exclude<AgentChoice['id'], 'custom'>;
type AgentMode = NonNullable<RunRequest['mode']>;
type ProviderId = RunRequest['provider'];

export interface AgentInfo {
  readonly title: string;
  /** The wire protocols it speaks, the usual one first. */
  readonly providers: readonly ProviderId[];
  /** What is fetched from an npm registry when it is first run takes so much disk, MB; none when it comes with Airlock. */
  readonly imageMb?: number;
}

/** What the settings need of the catalogue, which is not loaded with the extension; a test holds the two together. */
export const agentInfos: Readonly<Record<AgentId, AgentInfo>> = {
  builtin: { title: 'Airlock agent', providers: ['anthropic', 'openai'] },
  'claude-code': { title: 'Claude Code', providers: ['anthropic'], imageMb: 390 },
  codex: { title: 'Codex', providers: ['openai'], imageMb: 440 },
  opencode: { title: 'OpenCode', providers: ['anthropic', 'openai', 'gemini'], imageMb: 190 },
  gemini: { title: 'Gemini CLI', providers: ['gemini'], imageMb: 100 },
};

const MAX_TEXT = 2048;
const MAX_ARGS = 100;

/** The setting `airlock.agent`; for `custom` the program of `airlock.customAgent`. */
export function readAgent(get: (key: string) => unknown, problems: string[]): AgentChoice {
  const id = get('agent');
  if (id === 'custom') return readCustom(get('customAgent'), problems);
  if (isAgentId(id)) return { id };
  problems.push(`airlock.agent must be one of ${[...Object.keys(agentInfos), 'custom'].join(', ')}`);
  return { id: 'builtin' };
}

/** The value of `airlock.provider` that stands for VS Code's own models. */
export const EDITOR_MODELS = 'vscode-lm';

/** The setting `airlock.provider`: `auto` is what the agent usually speaks; VS Code's models are asked as `anthropic`. */
export function readProvider(value: unknown, agent: AgentChoice, problems: string[]): ProviderId {
  const known: readonly ProviderId[] =
    agent.id === 'custom' ? ['anthropic', 'openai', 'gemini'] : agentInfos[agent.id].providers;
  const usual = known[0] ?? 'anthropic';
  if (value === 'auto') return usual;
  const names = known.includes('anthropic') ? [...known, EDITOR_MODELS] : known;
  const found = known.find((provider) => provider === (value === EDITOR_MODELS ? 'anthropic' : value));
  if (found === undefined)
    problems.push(`airlock.provider must be auto or ${names.join(' or ')} for the agent "${agent.id}"`);
  return found ?? usual;
}

/** The setting `airlock.agentMode`, by the agents' ids: whoever is not named is brokered. */
export function readMode(value: unknown, agent: AgentChoice, problems: string[]): AgentMode {
  const given =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[agent.id] : undefined;
  if (given === undefined || given === 'brokered') return 'brokered';
  if (given !== 'contained') problems.push(`airlock.agentMode of ${agent.id} must be brokered or contained`);
  return given === 'contained' ? 'contained' : 'brokered';
}

function readCustom(value: unknown, problems: string[]): AgentChoice {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { command, args = [], env = {} } = given;
  if (!isText(command) || command.trim() === '')
    problems.push('airlock.customAgent.command must name a program');
  if (!Array.isArray(args) || args.length > MAX_ARGS || !args.every(isText))
    problems.push('airlock.customAgent.args must be a list of texts');
  if (typeof env !== 'object' || env === null || !Object.values(env).every(isText))
    problems.push('airlock.customAgent.env must be an object of texts');
  return {
    id: 'custom',
    command: isText(command) ? command.trim() : '',
    args: Array.isArray(args) ? args.filter(isText) : [],
    env: { ...(env as Record<string, string>) },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isAgentId(value: unknown): value is AgentId {
  return typeof value === 'string' && Object.hasOwn(agentInfos, value);
}
