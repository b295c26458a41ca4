import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AirlockError, describeError, errors } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import type { BuildSpec, SandboxEngine } from './engine.js';
import { labels, PRODUCT } from './labels.js';

/** What an agent needs in its image. */
export interface AgentImage {
  /** Folder below `image/agents/`, and part of the image's tag. */
  readonly folder: string;
  readonly title: string;
  readonly network: BuildNetwork;
}

/** The user's own network, for fetching an agent's packages. Nothing of it remains in the image. */
export interface BuildNetwork {
  /** Base URL of an npm registry, without credentials. */
  readonly registry?: string | undefined;
  /** More certificate authorities to trust, a PEM file on the host. */
  readonly caFile?: string | undefined;
  /** `host`: the build uses the machine's own network, for engines whose bridge network reaches nothing. */
  readonly mode?: 'default' | 'host' | undefined;
}

export interface AgentLayer extends AgentImage {
  readonly tag: string;
  readonly baseTag: string;
  readonly files: BuildSpec['files'];
}

/** Reads an agent's layer; its tag is the hash of the files it is made from and of the base below it. */
export async function readAgentLayer(
  installDir: string,
  agent: AgentImage,
  baseTag: string,
): Promise<AgentLayer> {
  const dir = join(installDir, 'image', 'agents');
  const names = (await readdir(join(dir, agent.folder))).sort();
  const [dockerfile, ...parts] = await Promise.all([
    readFile(join(dir, 'Dockerfile')),
    ...names.map((name) => readFile(join(dir, agent.folder, name))),
  ]);
  const files = [
    { path: 'Dockerfile', bytes: dockerfile },
    ...parts.map((bytes, index) => ({ path: `agent/${names[index]}`, bytes })),
  ];
  const hash = sha256([baseTag, ...files.map(({ path, bytes }) => `${path} ${sha256(bytes)}`)].join('\n'));
  return { ...agent, tag: `airlock-agent-${agent.folder}:${hash.slice(0, 12)}`, baseTag, files };
}

/** Builds the layer when the engine has none. Throws `agentImageFailed` with the end of what the build said. */
export async function ensureAgentLayer(
  engine: SandboxEngine,
  layer: AgentLayer,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if ((await engine.findImage(layer.tag)) !== undefined) return;
  onProgress(`Fetching ${layer.title} (the first time only)`);
  try {
    await engine.buildImage(await layerBuild(layer), onProgress, signal);
  } catch (error) {
    if (error instanceof AirlockError && error.code !== 'engine-failed') throw error;
    throw errors.agentImageFailed(layer.title, describeError(error), error);
  }
}

async function layerBuild(layer: AgentLayer): Promise<BuildSpec> {
  const { registry, caFile, mode = 'default' } = layer.network;
  if (registry !== undefined) checkRegistry(registry);
  const files = [...layer.files];
  if (caFile !== undefined) files.push({ path: 'agent/ca.pem', bytes: await readFile(caFile) });
  return {
    tag: layer.tag,
    labels: { [labels.product]: PRODUCT },
    buildArgs: { BASE: layer.baseTag, ...(registry === undefined ? {} : { REGISTRY: registry }) },
    network: mode,
    files,
  };
}

/** A build argument can be read by everyone who can read the image. */
function checkRegistry(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw errors.usage('The npm registry must be an http or https address.');
  if (url.username !== '' || url.password !== '')
    throw errors.usage(
      'The npm registry must not carry a user name or password: they would stay in the image.',
    );
}
