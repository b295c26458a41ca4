import type { ExecSpec } from './engine.js';
import { labels, PRODUCT } from './labels.js';
import { type SeccompChoice, securityOptions } from './seccomp/profile.js';
import type { ContainerSpec, MountSpec, SandboxLimits, TmpfsSpec } from './spec.js';

/** Uid and gid of the agent's programs in the image; `alternateAgentId` when the workspace's owner has that uid. */
export const AGENT_ID = 60001;
const ALTERNATE_AGENT_ID = 60002;
/** Uid and gid of the tool proxy in the image, used when nothing else decides it. */
export const RUNNER_ID = 1000;

const NODE = '/usr/local/bin/node';
/** The image holds their code as V8 makes it with just these flags; image/Dockerfile states them again. */
export const programs = {
  // A young generation as large as what is loaded at the start: no collection before the agent is ready.
  bridge: [NODE, '--min-semi-space-size=16', '/opt/airlock/start.js', '/opt/airlock/bridge.js'],
  // Little memory keeps fork, and with it every command's start, cheap: its cost grows with the parent's memory.
  // After some hundred calls Maglev would compile, and leave 20 MB behind that nothing gives back.
  toolProxy: [
    NODE,
    '--max-semi-space-size=1',
    '--v8-pool-size=1',
    '--no-maglev',
    '/opt/airlock/start.js',
    '/opt/airlock/tool-proxy.js',
  ],
} as const;
/** Of the guest's own programs; what they start gets an environment of its own. */
const guestEnv = ['PATH=/usr/local/bin:/usr/bin:/bin', 'LANG=C.UTF-8'] as const;

export interface SpecInput {
  readonly sessionId: string;
  readonly owner: string;
  readonly version: string;
  readonly image: string;
  /** More of the main program's environment; no secret, the engine shows it to all its users. */
  readonly env: readonly string[];
  readonly runtime: string | undefined;
  /** `airlock` when left out. */
  readonly seccomp?: SeccompChoice | undefined;
  /** The main program, and with it the agent, runs as the runner, in the workspace. */
  readonly contained?: boolean;
  readonly runnerUid: number;
  readonly runnerGid: number;
  readonly limits: SandboxLimits;
  /** The workspace volume and, under overlay, the bind of its upper layer. */
  readonly mounts: readonly MountSpec[];
}

/** The agent's uid (and gid): never the runner's, or file permission would not part them. */
export function agentIdFor(runnerUid: number): number {
  return runnerUid === AGENT_ID ? ALTERNATE_AGENT_ID : AGENT_ID;
}

export function sessionLabels(sessionId: string, owner: string, version: string): Record<string, string> {
  return {
    [labels.product]: PRODUCT,
    [labels.session]: sessionId,
    [labels.owner]: owner,
    [labels.version]: version,
  };
}

export function containerName(sessionId: string): string {
  return `airlock-${sessionId}`;
}

export function volumeName(sessionId: string): string {
  return `airlock-${sessionId}-workspace`;
}

/** The one place where a session's container is described. */
export function buildSpec(input: SpecInput): ContainerSpec {
  const agentId = agentIdFor(input.runnerUid);
  return {
    name: containerName(input.sessionId),
    image: input.image,
    // The bridge is the main program, because the agent behind it takes longest to start; the tool proxy is an exec.
    user: input.contained ? `${input.runnerUid}:${input.runnerGid}` : `${agentId}:${agentId}`,
    argv: programs.bridge,
    env: [...guestEnv, `HOME=${input.contained ? '/home/runner' : '/home/agent'}`, ...input.env],
    cwd: '/',
    hostname: 'sandbox',
    labels: sessionLabels(input.sessionId, input.owner, input.version),
    networkMode: 'none',
    readOnlyRoot: true,
    capDrop: ['ALL'],
    securityOpt: securityOptions(input.seccomp ?? 'airlock'),
    init: true,
    privileged: false,
    ipcMode: 'private',
    shmBytes: 64 * 1024 * 1024,
    runtime: input.runtime,
    limits: input.limits,
    tmpfs: tmpfsFor(input),
    mounts: input.mounts,
    logDriver: 'none',
    stopSignal: 'SIGKILL',
    stopSeconds: 0,
  };
}

/** The tool proxy, as the workspace's owner; started in the running container. */
export function proxyExec(runnerUid: number, runnerGid: number): ExecSpec {
  return {
    user: `${runnerUid}:${runnerGid}`,
    argv: programs.toolProxy,
    env: [...guestEnv, 'HOME=/home/runner', 'MALLOC_ARENA_MAX=1'],
    cwd: '/',
  };
}

/** A container that mounts a session's volume and ends at once. */
export function remountSpec(
  name: string,
  image: string,
  sessionId: string,
  sessionLabels: Readonly<Record<string, string>>,
): ContainerSpec {
  const MB = 1024 * 1024;
  const spec = buildSpec({
    sessionId,
    owner: '',
    version: '',
    image,
    env: [],
    runtime: undefined,
    runnerUid: RUNNER_ID,
    runnerGid: RUNNER_ID,
    limits: {
      memoryBytes: 64 * MB,
      memorySwapBytes: 64 * MB,
      nanoCpus: 1e9,
      pids: 16,
      openFiles: 64,
      fileBytes: MB,
      tmpBytes: MB,
      homeBytes: MB,
    },
    mounts: [
      {
        kind: 'volume',
        name: volumeName(sessionId),
        target: '/workspace',
        readOnly: false,
        seedFromImage: false,
      },
    ],
  });
  return { ...spec, name, argv: ['/usr/bin/true'], labels: sessionLabels };
}

function tmpfsFor(input: SpecInput): readonly TmpfsSpec[] {
  const agentId = agentIdFor(input.runnerUid);
  return [
    // Shared by both uids, so nothing in it may be executed; sticky as on any Unix.
    { target: '/tmp', bytes: input.limits.tmpBytes, mode: '1777', uid: 0, gid: 0, exec: false },
    // Toolchains run what they install below HOME (npm's and pip's binaries).
    {
      target: '/home/runner',
      bytes: input.limits.homeBytes,
      mode: '0700',
      uid: input.runnerUid,
      gid: input.runnerGid,
      exec: true,
    },
    {
      target: '/home/agent',
      bytes: input.limits.homeBytes,
      mode: '0700',
      uid: agentId,
      gid: agentId,
      exec: true,
    },
  ];
}

/** A tmpfs mount's options as the engine takes them. */
export function tmpfsOptions(tmpfs: TmpfsSpec): string {
  return [
    'rw',
    'nosuid',
    'nodev',
    tmpfs.exec ? 'exec' : 'noexec',
    `size=${tmpfs.bytes}`,
    `mode=${tmpfs.mode}`,
    `uid=${tmpfs.uid}`,
    `gid=${tmpfs.gid}`,
  ].join(',');
}

export function ulimitsFor({ limits }: ContainerSpec): Record<string, { soft: number; hard: number }> {
  return {
    nofile: { soft: limits.openFiles, hard: limits.openFiles },
    fsize: { soft: limits.fileBytes, hard: limits.fileBytes },
    core: { soft: 0, hard: 0 },
  };
}
