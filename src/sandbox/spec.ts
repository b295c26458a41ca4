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
  readonly stopSeconds: number;
}

/** What `inspect` said, normalised to the words of the spec, so that the two can be compared. */
export interface ContainerFacts {
  readonly image: string;
  readonly user: string;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly networkMode: string;
  readonly publishedPorts: readonly string[];
  readonly readOnlyRoot: boolean;
  readonly capDrop: readonly string[];
  readonly capAdd: readonly string[];
  readonly securityOpt: readonly string[];
  readonly init: boolean;
  readonly privileged: boolean;
  readonly ipcMode: string;
  readonly shmBytes: number;
  readonly pidMode: string;
  readonly utsMode: string;
  readonly usernsMode: string;
  readonly devices: number;
  readonly runtime: string;
  readonly restartPolicy: string;
  readonly memoryBytes: number;
  readonly memorySwapBytes: number;
  readonly nanoCpus: number;
  readonly pids: number;
  readonly ulimits: Readonly<Record<string, { soft: number; hard: number }>>;
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly mounts: ReadonlyArray<{ kind: string; source: string; target: string; readOnly: boolean }>;
  readonly logDriver: string;
}

export interface VolumeSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Options of the engine's `local` driver; empty for a plain volume. */
  readonly options: Readonly<Record<string, string>>;
}
