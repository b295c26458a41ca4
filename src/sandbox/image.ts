import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AirlockError, describeError, errors } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import { type AgentImage, type AgentLayer, ensureAgentLayer, readAgentLayer } from './agent-image.js';
import type { BuildSpec, SandboxEngine } from './engine.js';
import { labels, PRODUCT } from './labels.js';

export interface ImageSource {
  /** Folder that holds `image/` and `dist/guest/`. */
  readonly installDir: string;
  readonly version: string;
}

/** What of the image the engine has. Nothing is built, pulled or asked of a registry. */
export interface ImageStatus {
  readonly base: { readonly tag: string; readonly present: boolean };
  /** Made from the very files of this installation. */
  readonly sandbox: { readonly tag: string; readonly present: boolean };
  /** What the base image is built on, and where a build would get it. */
  readonly from: { readonly reference: string; readonly present: boolean };
}

/** The sandbox image of one installation. */
export class SandboxImage {
  readonly #engine: SandboxEngine;
  readonly #source: ImageSource;
  /** The files do not change while the product runs, so they are read and hashed once. */
  #recipe: Promise<Recipe> | undefined;

  constructor(engine: SandboxEngine, source: ImageSource) {
    this.#engine = engine;
    this.#source = source;
  }

  /**
   * The image's id, with the agent's own layer when it has one. Builds what of it (and of the layers below) the engine
   * has not made from these very files. Throws `imageMissing`, or `agentImageFailed` for the agent's layer.
   */
  async ensure(onProgress: (line: string) => void, signal: AbortSignal, agent?: AgentImage): Promise<string> {
    const { installDir } = this.#source;
    this.#recipe ??= readRecipe(installDir);
    const plain = await this.#recipe;
    const recipe =
      agent === undefined ? plain : onLayer(plain, await readAgentLayer(installDir, agent, plain.baseTag));
    const tag = sandboxTag(recipe.contentHash);
    const found = await this.#engine.findImage(tag);
    if (found !== undefined && found.labels[labels.contentHash] === recipe.contentHash) return found.id;
    await this.#build(tag, recipe, onProgress, signal);
    const built = await this.#engine.findImage(tag);
    if (built === undefined) throw errors.imageMissing(tag, 'the engine built it and then did not find it');
    return built.id;
  }

  async status(): Promise<ImageStatus> {
    this.#recipe ??= readRecipe(this.#source.installDir);
    const { base, baseTag, contentHash } = await this.#recipe;
    const tag = sandboxTag(contentHash);
    const reference = fromReference(base);
    const [found, foundBase, foundFrom] = await Promise.all(
      [tag, baseTag, reference].map((name) => this.#engine.findImage(name)),
    );
    return {
      base: { tag: baseTag, present: foundBase !== undefined },
      sandbox: { tag, present: found?.labels[labels.contentHash] === contentHash },
      from: { reference, present: foundFrom !== undefined },
    };
  }

  async #build(
    tag: string,
    recipe: Recipe,
    onProgress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await ensureBase(this.#engine, recipe, onProgress, signal);
      if (recipe.agent !== undefined) await ensureAgentLayer(this.#engine, recipe.agent, onProgress, signal);
      onProgress('Building the sandbox image');
      await this.#engine.buildImage(sandboxBuild(tag, recipe, this.#source.version), onProgress, signal);
    } catch (error) {
      if (error instanceof AirlockError && error.code !== 'engine-failed') throw error;
      throw errors.imageMissing(tag, describeError(error), error);
    }
  }
}

interface Recipe {
  readonly agent?: AgentLayer;
  readonly base: Uint8Array;
  readonly baseTag: string;
  readonly files: BuildSpec['files'];
  readonly contentHash: string;
}

/** Tag of the base image: the hash of the one file that it is made from. */
export function baseImageTag(baseDockerfile: Uint8Array): string {
  return `airlock-base:${sha256(baseDockerfile).slice(0, 12)}`;
}

function sandboxTag(contentHash: string): string {
  return `airlock-sandbox:${contentHash.slice(0, 12)}`;
}

/** The image that a Dockerfile begins with. */
function fromReference(dockerfile: Uint8Array): string {
  const reference = /^FROM\s+(\S+)/m.exec(Buffer.from(dockerfile).toString('utf8'))?.[1];
  if (reference === undefined) throw new Error('the base image has no FROM line');
  return reference;
}

function onLayer(recipe: Recipe, agent: AgentLayer): Recipe {
  return { ...recipe, agent, contentHash: sha256(`${recipe.contentHash}\n${agent.tag}`) };
}

async function readRecipe(installDir: string): Promise<Recipe> {
  const guestDir = join(installDir, 'dist', 'guest');
  const guestNames = (await readdir(guestDir)).filter((name) => name.endsWith('.js')).sort();
  const [base, dockerfile, ...guests] = await Promise.all([
    readFile(join(installDir, 'image', 'base.Dockerfile')),
    readFile(join(installDir, 'image', 'Dockerfile')),
    ...guestNames.map((name) => readFile(join(guestDir, name))),
  ]);
  const files = [
    { path: 'Dockerfile', bytes: dockerfile },
    ...guests.map((bytes, index) => ({ path: `guest/${guestNames[index]}`, bytes })),
  ];
  const contentHash = sha256(
    [`base ${sha256(base)}`, ...files.map(({ path, bytes }) => `${path} ${sha256(bytes)}`)].join('\n'),
  );
  return { base, baseTag: baseImageTag(base), files, contentHash };
}

async function ensureBase(
  engine: SandboxEngine,
  recipe: Recipe,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if ((await engine.findImage(recipe.baseTag)) !== undefined) return;
  onProgress('Building the base image (the first time only)');
  await engine.buildImage(
    {
      tag: recipe.baseTag,
      labels: { [labels.product]: PRODUCT },
      buildArgs: {},
      network: 'default',
      files: [{ path: 'Dockerfile', bytes: recipe.base }],
    },
    onProgress,
    signal,
  );
}

function sandboxBuild(tag: string, recipe: Recipe, version: string): BuildSpec {
  return {
    tag,
    labels: {
      [labels.product]: PRODUCT,
      [labels.version]: version,
      [labels.contentHash]: recipe.contentHash,
    },
    buildArgs: { BASE: recipe.agent?.tag ?? recipe.baseTag },
    network: 'none',
    files: recipe.files,
  };
}
