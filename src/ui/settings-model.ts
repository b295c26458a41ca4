import type { RunRequest } from '../session/api.js';
import { EDITOR_MODELS, readAgent, readMode, readProvider } from './agent-settings.js';

/** The part of a run that comes from the settings. */
export type RunSettings = Pick<
  RunRequest,
  | 'agent'
  | 'mode'
  | 'acceptedUnproven'
  | 'spendLimits'
  | 'prices'
  | 'secretScan'
  | 'network'
  | 'allowServerTools'
  | 'allowPrivateUpstream'
  | 'provider'
  | 'editorModels'
  | 'model'
  | 'modelUrl'
  | 'strategy'
  | 'seccomp'
  | 'runtime'
  | 'preset'
  | 'userPolicy'
  | 'modelNetwork'
  | 'limits'
  | 'mask'
>;

export type SettingsResult =
  | { readonly ok: true; readonly settings: RunSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

type ProviderId = RunRequest['provider'];

export const providerDefaults: Readonly<Record<ProviderId, { model: string; modelUrl: string }>> = {
  anthropic: { model: 'claude-sonnet-4-5', modelUrl: 'https://api.anthropic.com' },
  openai: { model: 'gpt-5.1', modelUrl: 'https://api.openai.com' },
  gemini: { model: 'gemini-2.5-pro', modelUrl: 'https://generativelanguage.googleapis.com' },
};

const ranges = {
  memoryMb: { min: 256, max: 262_144 },
  cpus: { min: 0.25, max: 256 },
  pids: { min: 32, max: 32_768 },
  commandSeconds: { min: 1, max: 3600 },
  sessionSeconds: { min: 30, max: 86_400 },
  silenceSeconds: { min: 30, max: 86_400 },
  keepSeconds: { min: 0, max: 86_400 },
  workspaceMb: { min: 16, max: 1_048_576 },
  workspaceFiles: { min: 1000, max: 10_000_000 },
  freeDiskMb: { min: 64, max: 1_048_576 },
} as const;

type ServerTools = NonNullable<RunRequest['allowServerTools']>;
const serverToolKinds: ServerTools = [
  'web-search',
  'web-fetch',
  'url-content',
  'remote-mcp',
  'code-execution',
  'file-search',
  'other',
];

const MAX_MASKS = 500;
const MAX_TEXT = 2048;

/** The values of `airlock.mask` by who wrote them. */
export interface MaskLevels {
  readonly user: unknown;
  /** From the workspace and its folders. */
  readonly workspace: readonly unknown[];
}

/**
 * Checks the settings as VS Code gives them. `get` takes the key without `airlock.`. Masks of every
 * level add up, and only the user's may unmask (`!`): a workspace can only tighten.
 */
export function parseSettings(get: (key: string) => unknown, masks: MaskLevels): SettingsResult {
  const problems: string[] = [];
  const oneOf = <T extends string>(key: string, allowed: readonly T[], fallback: T): T => {
    const value = get(key);
    const found = allowed.find((item) => item === value);
    if (found === undefined) problems.push(`airlock.${key} must be one of ${allowed.join(', ')}`);
    return found ?? fallback;
  };
  const text = (key: string, fallback: string): string => {
    const value = get(key);
    if (typeof value === 'string' && value.length <= MAX_TEXT) return value.trim() || fallback;
    problems.push(`airlock.${key} must be a text of at most ${MAX_TEXT} characters`);
    return fallback;
  };
  const number = (key: keyof typeof ranges): number => {
    const value = get(`limits.${key}`);
    const { min, max } = ranges[key];
    if (typeof value === 'number' && value >= min && value <= max) return value;
    problems.push(`airlock.limits.${key} must be a number from ${min} to ${max}`);
    return min;
  };
  /** 0 is no limit. */
  const limit = (key: string): number | undefined => {
    const value = get(`limits.${key}`);
    if (!isAmount(value)) problems.push(`airlock.limits.${key} must be a number, 0 for no limit`);
    return isAmount(value) && value > 0 ? value : undefined;
  };
  const whole = (key: keyof typeof ranges): number => {
    const value = number(key);
    if (!Number.isInteger(value)) problems.push(`airlock.limits.${key} must be a whole number`);
    return value;
  };

  const agent = readAgent(get, problems);
  const provider = readProvider(get('provider'), agent, problems);
  const editorModels = get('provider') === EDITOR_MODELS;
  const modelUrl = text('modelUrl', providerDefaults[provider].modelUrl);
  if (!isUsableUrl(modelUrl)) {
    problems.push(
      'airlock.modelUrl must be an https address without credentials (http only for this machine)',
    );
  }
  const mask = parseMasks([masks.user, ...masks.workspace]);
  if (mask === undefined) problems.push('airlock.mask must be a list of glob patterns');
  if (parseMasks(masks.workspace)?.some((pattern) => pattern.startsWith('!'))) {
    problems.push('airlock.mask of the workspace must not unmask files with "!"');
  }

  const prices = readPrices(get('prices'));
  if (prices === undefined) {
    problems.push(
      'airlock.prices must be a list of { model, input, output }, in US dollars a million tokens',
    );
  }
  const serverTools = readServerTools(get('allowServerTools'));
  if (serverTools === undefined) {
    problems.push(`airlock.allowServerTools must be a list of ${serverToolKinds.join(', ')}`);
  }

  const settings: RunSettings = {
    agent,
    mode: readMode(get('agentMode'), agent, problems),
    network: {
      registry: text('image.registry', '') || undefined,
      caFile: text('image.caFile', '') || undefined,
      mode: oneOf<'default' | 'host'>('image.buildNetwork', ['default', 'host'], 'default'),
    },
    allowServerTools: serverTools ?? [],
    allowPrivateUpstream: get('allowPrivateModelUrl') === true,
    spendLimits: {
      tokensPerSession: limit('tokensPerSession'),
      tokensPerDay: limit('tokensPerDay'),
      usdPerSession: limit('usdPerSession'),
      usdPerDay: limit('usdPerDay'),
    },
    prices: prices ?? [],
    secretScan: oneOf('secretScan', ['off', 'warn', 'block'], 'warn'),
    editorModels,
    provider,
    // The editor has models of its own names: none is guessed.
    model: text('model', editorModels ? '' : providerDefaults[provider].model),
    modelUrl,
    strategy: oneOf('strategy', ['auto', 'overlay', 'copy'], 'auto'),
    seccomp: oneOf('seccomp', ['airlock', 'engine'], 'airlock'),
    runtime: text('runtime', '') || undefined,
    preset: oneOf('preset', ['read-only', 'developer', 'unrestricted-in-sandbox'], 'developer'),
    limits: {
      memoryMb: whole('memoryMb'),
      cpus: number('cpus'),
      pids: whole('pids'),
      commandSeconds: number('commandSeconds'),
      sessionSeconds: number('sessionSeconds'),
      silenceSeconds: number('silenceSeconds'),
      keepSeconds: number('keepSeconds'),
      workspaceMb: whole('workspaceMb'),
      workspaceFiles: whole('workspaceFiles'),
      freeDiskMb: whole('freeDiskMb'),
    },
    mask: mask ?? [],
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** True for an address on this machine, where a model server may need no key. */
export function isLoopbackUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}

export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    // Not a URL: the caller says so in its own words.
    return undefined;
  }
}

function isUsableUrl(text: string): boolean {
  const url = parseUrl(text);
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackUrl(text));
}

function readPrices(value: unknown): RunRequest['prices'] {
  if (!Array.isArray(value) || value.length > 1000) return undefined;
  const prices = value.flatMap((each: Readonly<Record<string, unknown>> | null) => {
    const { model, input, output } = each ?? {};
    const fits = typeof model === 'string' && model !== '' && isAmount(input) && isAmount(output);
    return fits ? [{ model, input, output }] : [];
  });
  return prices.length === value.length ? prices : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function readServerTools(value: unknown): ServerTools | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = serverToolKinds.filter((kind) => value.includes(kind));
  return known.length === new Set(value).size ? known : undefined;
}

function parseMasks(levels: readonly unknown[]): readonly string[] | undefined {
  const masks = new Set<string>();
  for (const level of levels) {
    if (level === undefined) continue;
    if (!Array.isArray(level)) return undefined;
    for (const pattern of level) {
      if (typeof pattern !== 'string' || pattern === '' || pattern.length > MAX_TEXT) return undefined;
      masks.add(pattern);
    }
  }
  return masks.size <= MAX_MASKS ? [...masks] : undefined;
}
