/** A file system the container sees besides its read-only root. */
export type MountSpec =
  | {
      readonly kind: 'volume';
      readonly name: string;
      readonly target: string;
      readonly readOnly: boolean;
      /** An empty volume takes over owner and content of the image's folder; never for an overlay, whose root is the user's. */
      readonly seedFromImage: boolean;
    }
  | { readonly kind: 'bind'; readonly source: string; readonly target: string; readonly readOnly: boolean };

export interface TmpfsSpec {
  readonly target: string;
  readonly bytes: number;
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  readonly exec: boolean;
}

export interface SandboxLimits {
  readonly memoryBytes: number;
  /** Memory plus swap; equal to `memoryBytes` means no swap. */
  readonly memorySwapBytes: number;
  readonly nanoCpus: number;
  readonly pids: number;
  readonly openFiles: number;
  readonly fileBytes: number;
  readonly tmpBytes: number;
  readonly homeBytes: number;
}

/** Everything that is asked of the engine for one session's container. Made in `build-spec.ts` only. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly user: string;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly hostname: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly networkMode: 'none';
  readonly readOnlyRoot: true;
  readonly capDrop: readonly ['ALL'];
  readonly securityOpt: readonly string[];
  readonly init: true;
  readonly privileged: false;
  readonly ipcMode: 'private';
  readonly shmBytes: number;
  readonly runtime: string | undefined;
  readonly limits: SandboxLimits;
  readonly tmpfs: readonly TmpfsSpec[];
  readonly mounts: readonly MountSpec[];
  /** The engine would log the road itself, the model's traffic included. */
  readonly logDriver: 'none';
  /** Set, so that an image's own signal is not what a stop waits for. */
  readonly stopSignal: 'SIGKILL';
  readonly stopSeconds: number;
}

export interface MountFacts {
  readonly kind: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** `rprivate`, `shared`, …; empty where the engine names none. */
  readonly propagation: string;
}

/** A container in the words of the posture's rules: read from what is sent to the engine, and from its `inspect`. */
export interface ContainerFacts {
  /** Id of the image that it was made from. */
  readonly image: string;
  /** What the image was called when the container was asked for. */
  readonly imageReference: string;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly hostname: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly healthcheck: readonly string[];
  readonly stopSignal: string;
  readonly stdin: { readonly open: boolean; readonly once: boolean; readonly tty: boolean };
  /** Volumes that the image declares. */
  readonly imageVolumes: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly networkMode: string;
  /** Names of the networks that it is connected to. */
  readonly networks: readonly string[];
  readonly publishedPorts: readonly string[];
  readonly extraHosts: readonly string[];
  /** Servers, options and search domains. */
  readonly dns: readonly string[];
  readonly links: readonly string[];
  readonly readOnlyRoot: boolean;
  readonly capDrop: readonly string[];
  readonly capAdd: readonly string[];
  readonly securityOpt: readonly string[];
  /** Empty where the host has no AppArmor. */
  readonly appArmorProfile: string;
  readonly init: boolean;
  readonly privileged: boolean;
  readonly ipcMode: string;
  readonly shmBytes: number;
  readonly pidMode: string;
  readonly utsMode: string;
  readonly usernsMode: string;
  /** A container or parent whose cgroup it shares. */
  readonly cgroup: string;
  readonly cgroupParent: string;
  readonly groupAdd: readonly string[];
  readonly devices: readonly string[];
  readonly deviceRequests: number;
  readonly deviceCgroupRules: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** `undefined`: not named, so the engine's own list. */
  readonly maskedPaths: readonly string[] | undefined;
  readonly readonlyPaths: readonly string[] | undefined;
  readonly runtime: string;
  readonly restartPolicy: string;
  readonly autoRemove: boolean;
  readonly memoryBytes: number;
  readonly memorySwapBytes: number;
  readonly nanoCpus: number;
  readonly pids: number;
  readonly oomKillDisable: boolean;
  readonly oomScoreAdj: number;
  readonly ulimits: Readonly<Record<string, { soft: number; hard: number }>>;
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly mounts: readonly MountFacts[];
  /** Mounts by the engine's older ways: `Binds` and `VolumesFrom`. */
  readonly otherMounts: readonly string[];
  readonly storageOptions: Readonly<Record<string, string>>;
  readonly logDriver: string;
}

export interface VolumeSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Options of the engine's `local` driver; empty for a plain volume. */
  readonly options: Readonly<Record<string, string>>;
}
