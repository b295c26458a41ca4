import type { Duplex, Readable } from 'node:stream';
import type { ContainerFacts, ContainerSpec, VolumeSpec } from './spec.js';

/** What the engine says of itself. */
export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Where it was reached, for messages: a socket path or URL. */
  readonly endpoint: string;
  /** True when bind sources are paths of this machine (a local socket on Linux). */
  readonly local: boolean;
  readonly runtimes: readonly string[];
  /** The one that a container gets that names none. */
  readonly defaultRuntime: string;
  readonly cgroupVersion: '1' | '2';
  readonly rootless: boolean;
  readonly seccomp: boolean;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Where it keeps volumes, when that is a folder of this machine. */
  readonly storageDir: string | undefined;
}

/** One program of the engine's, as it names and numbers it: `runc` `1.1.5+ds1`. */
export interface EngineComponent {
  readonly name: string;
  readonly version: string;
  /** What it was built from: a commit, or a distribution's package. */
  readonly build: string;
}

/** What the engine says of itself beyond what a session needs: for a diagnosis. Texts and lists are bounded. */
export interface EngineDetails extends EngineInfo {
  readonly components: readonly EngineComponent[];
  readonly operatingSystem: string;
  readonly kernel: string;
  readonly storageDriver: string;
  /** What the storage driver writes to, when it says so. */
  readonly backingFileSystem: string | undefined;
  /** The engine's folder, on the engine's machine. */
  readonly rootDir: string;
  /** As the Engine API gives them: `name=seccomp,profile=default`. */
  readonly securityOptions: readonly string[];
  /** Limits that the engine says it cannot set on a container. */
  readonly missingLimits: readonly string[];
}

/** A running program's stdio. `stdin` + `stdout` are one Duplex; `stderr` is apart. */
export interface AttachedProcess {
  readonly stdio: Duplex;
  readonly stderr: Readable;
}

export interface ExecSpec {
  readonly user: string;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
}

export interface ContainerEnd {
  readonly exitCode: number;
  readonly oomKilled: boolean;
}

export type ContainerState = 'running' | 'paused' | 'ended';

export interface OwnedResource {
  readonly kind: 'container' | 'volume';
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface BuildSpec {
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** What network the build's own commands have: none, the engine's default one, or the machine's own. */
  readonly network: 'none' | 'default' | 'host';
  /** Paths in the build context and their bytes; `Dockerfile` among them. */
  readonly files: ReadonlyArray<{ readonly path: string; readonly bytes: Uint8Array }>;
}

/** A container engine, in our own words. Every method has a time-out and throws AirlockError. */
export interface SandboxEngine {
  probe(): Promise<EngineInfo>;
  /** Like `probe`, for any version of the engine and with all it says. Nothing of it is left open when it throws. */
  describe(): Promise<EngineDetails>;
  /** Id (`sha256:…`) and labels of an image, or `undefined` when the engine does not have it. */
  findImage(reference: string): Promise<{ id: string; labels: Readonly<Record<string, string>> } | undefined>;
  pullImage(reference: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void>;
  buildImage(spec: BuildSpec, onProgress: (line: string) => void, signal: AbortSignal): Promise<void>;
  createVolume(spec: VolumeSpec): Promise<void>;
  /** Creates without starting; returns the engine's id. */
  createContainer(spec: ContainerSpec): Promise<string>;
  /** Attaches to the main program; call before `start`, so that nothing is missed. */
  attach(id: string): Promise<AttachedProcess>;
  start(id: string): Promise<void>;
  exec(id: string, spec: ExecSpec): Promise<AttachedProcess>;
  /** The container as the engine made it, in the terms of the posture check. */
  inspect(id: string): Promise<ContainerFacts>;
  /** How it is now; asked for when it does not answer. */
  state(id: string): Promise<ContainerState>;
  /** Resolves when the main program has ended. */
  wait(id: string): Promise<ContainerEnd>;
  /** Kills and removes; a container or volume that is gone already is success. */
  removeContainer(id: string): Promise<void>;
  removeVolume(name: string): Promise<void>;
  /** Everything, running or not, that carries all of these labels. */
  listOwned(labels: Readonly<Record<string, string>>): Promise<readonly OwnedResource[]>;
}
