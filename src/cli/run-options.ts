import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errors } from '../base/errors.js';
import type { ProviderId } from '../gateway/provider.js';
import {
  type AgentChoice,
  agentIds,
  defaultProvider,
  type RunRequest,
  type StrategyChoice,
  type UpstreamNetwork,
} from '../session/api.js';
import { oneOf, readArguments, required } from './arguments.js';
import { readModelNetwork } from './model-network.js';

export interface RunOptions {
  readonly workspace: string;
  readonly prompt: string;
  readonly agent: AgentChoice;
  readonly mode: NonNullable<RunRequest['mode']>;
  readonly secretScan: NonNullable<RunRequest['secretScan']>;
  readonly spendLimits: NonNullable<RunRequest['spendLimits']>;
  /** How an agent's packages are fetched. */
  readonly network: NonNullable<RunRequest['network']>;
  /** How the model service is reached. */
  readonly modelNetwork: UpstreamNetwork;
  readonly provider: ProviderId;
  readonly model: string;
  readonly modelUrl: string;
  readonly keyFile: string | undefined;
  readonly strategy: StrategyChoice;
  readonly seccomp: 'airlock' | 'engine';
  readonly runtime: string | undefined;
  readonly preset: 'read-only' | 'developer' | 'unrestricted-in-sandbox';
  readonly approve: 'all' | 'none';
  /** Guarantees that the runtime need not prove. */
  readonly acceptUnproven: readonly string[];
  readonly json: boolean;
  readonly timeoutSeconds: number;
  readonly stateDir: string | undefined;
}

export const runUsage = `airlock run --workspace DIR --prompt TEXT [options]

  --agent builtin|claude-code|codex|opencode|gemini|custom:COMMAND   the agent to run (default builtin)
  --mode brokered|contained            contained: the agent keeps its own tools, which no policy judges
  --provider anthropic|openai|gemini   wire protocol of the model (default: the agent's first)
  --model NAME                         model name (default of the provider)
  --model-url URL                      base URL of the model API
  --key-file FILE                      file with the API key (or AIRLOCK_API_KEY)
  --strategy overlay|copy|auto         how the workspace is sandboxed (default auto)
  --runtime NAME                       the engine's runtime to use, such as runsc (default: its own default)
  --seccomp airlock|engine             filter of system calls: Airlock's or the engine's (default airlock)
  --preset read-only|developer|unrestricted-in-sandbox   command policy (default developer)
  --accept-unproven ID,ID              guarantees that the runtime need not prove (default none)
  --approve all|none                   what to do with the changes (default none)
  --registry URL                       npm registry that an agent is fetched from, once
  --ca-file FILE                       more certificate authorities for that (or NODE_EXTRA_CA_CERTS)
  --build-network default|host         network of that build (default: the engine's)
  --secret-scan off|warn|block         what is done about secrets in what goes to the model (default warn)
  --max-tokens N                       tokens the run may use
  --max-usd N                          US dollars it may spend, by the built-in prices
  --timeout SECONDS                    for the whole run (default 1800)
  --state-dir DIR                      where sessions and audit logs are kept
  --json                               one JSON event a line

HTTPS_PROXY and NO_PROXY are honoured for the model service; NODE_EXTRA_CA_CERTS names more authorities.`;

const providers: Record<ProviderId, { model: string; url: string }> = {
  anthropic: { model: 'claude-sonnet-4-5', url: 'https://api.anthropic.com' },
  openai: { model: 'gpt-5.1', url: 'https://api.openai.com' },
  gemini: { model: 'gemini-2.5-pro', url: 'https://generativelanguage.googleapis.com' },
};

/** Reads the arguments of `airlock run`. Throws a `usage` error. */
export function parseRunOptions(argv: readonly string[], env: NodeJS.ProcessEnv): RunOptions {
  const values = parse(argv);
  const agent = parseAgent(values.agent ?? 'builtin');
  const provider = oneOf('provider', values.provider ?? defaultProvider(agent), [
    'anthropic',
    'openai',
    'gemini',
  ]);
  return {
    workspace: resolve(required('workspace', values.workspace)),
    prompt: required('prompt', values.prompt),
    agent,
    mode: oneOf('mode', values.mode ?? 'brokered', ['brokered', 'contained']),
    secretScan: oneOf('secret-scan', values['secret-scan'] ?? 'warn', ['off', 'warn', 'block']),
    spendLimits: {
      tokensPerSession: amount('max-tokens', values['max-tokens']),
      usdPerSession: amount('max-usd', values['max-usd']),
    },
    network: {
      registry: values.registry,
      caFile: values['ca-file'] ?? env.NODE_EXTRA_CA_CERTS,
      mode: oneOf('build-network', values['build-network'] ?? 'default', ['default', 'host'] as const),
    },
    modelNetwork: readModelNetwork(env),
    provider,
    model: values.model ?? providers[provider].model,
    modelUrl: values['model-url'] ?? providers[provider].url,
    keyFile: values['key-file'],
    strategy: oneOf('strategy', values.strategy ?? 'auto', ['auto', 'overlay', 'copy']),
    runtime: values.runtime,
    seccomp: oneOf('seccomp', values.seccomp ?? 'airlock', ['airlock', 'engine']),
    preset: oneOf('preset', values.preset ?? 'developer', [
      'read-only',
      'developer',
      'unrestricted-in-sandbox',
    ]),
    approve: oneOf('approve', values.approve ?? 'none', ['all', 'none']),
    acceptUnproven: (values['accept-unproven'] ?? '').split(',').filter((id) => id !== ''),
    json: values.json ?? false,
    timeoutSeconds: seconds(values.timeout ?? '1800'),
    stateDir: values['state-dir'],
  };
}

function parse(argv: readonly string[]) {
  return readArguments(() =>
    parseArgs({
      args: [...argv],
      options: {
        workspace: { type: 'string' },
        prompt: { type: 'string' },
        agent: { type: 'string' },
        mode: { type: 'string' },
        'secret-scan': { type: 'string' },
        'max-tokens': { type: 'string' },
        'max-usd': { type: 'string' },
        registry: { type: 'string' },
        'ca-file': { type: 'string' },
        'build-network': { type: 'string' },
        provider: { type: 'string' },
        model: { type: 'string' },
        'model-url': { type: 'string' },
        'key-file': { type: 'string' },
        strategy: { type: 'string' },
        runtime: { type: 'string' },
        seccomp: { type: 'string' },
        preset: { type: 'string' },
        approve: { type: 'string' },
        'accept-unproven': { type: 'string' },
        timeout: { type: 'string' },
        'state-dir': { type: 'string' },
        json: { type: 'boolean' },
      },
    }),
  ).values;
}

/** `custom:` is followed by a command line, split at white space; quotes mean nothing. */
function parseAgent(text: string): AgentChoice {
  const custom = /^custom:(.*)$/s.exec(text)?.[1];
  if (custom === undefined) return { id: oneOf('agent', text, agentIds) };
  const [command, ...args] = custom.trim().split(/\s+/);
  if (!command) throw errors.usage('--agent custom: must be followed by the command that starts it.');
  return { id: 'custom', command, args };
}

function amount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw errors.usage(`--${name} must be a number above 0.`);
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 86_400) {
    throw errors.usage('--timeout must be a whole number of seconds from 1 to 86400.');
  }
  return value;
}
