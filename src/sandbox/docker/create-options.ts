import type { ContainerCreateOptions } from 'dockerode';
import { tmpfsOptions, ulimitsFor } from '../build-spec.js';
import type { ContainerSpec, MountSpec } from '../spec.js';

/** The spec in the Engine API's words. */
export function toCreateOptions(spec: ContainerSpec): ContainerCreateOptions {
  return {
    name: spec.name,
    Image: spec.image,
    User: spec.user,
    // Both are set, so that nothing of the image's own entry point or health check runs.
    Entrypoint: [...spec.argv],
    Cmd: [],
    Healthcheck: { Test: ['NONE'] },
    Env: [...spec.env],
    WorkingDir: spec.cwd,
    Hostname: spec.hostname,
    Labels: { ...spec.labels },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    // When the host dies its connection closes, stdin ends, and the container stops by itself.
    StdinOnce: true,
    Tty: false,
    StopSignal: spec.stopSignal,
    StopTimeout: spec.stopSeconds,
    HostConfig: {
      NetworkMode: spec.networkMode,
      ReadonlyRootfs: spec.readOnlyRoot,
      CapDrop: [...spec.capDrop],
      CapAdd: [],
      SecurityOpt: [...spec.securityOpt],
      Init: spec.init,
      Privileged: spec.privileged,
      IpcMode: spec.ipcMode,
      ShmSize: spec.shmBytes,
      ...(spec.runtime === undefined ? {} : { Runtime: spec.runtime }),
      RestartPolicy: { Name: 'no' },
      Memory: spec.limits.memoryBytes,
      MemorySwap: spec.limits.memorySwapBytes,
      NanoCpus: spec.limits.nanoCpus,
      PidsLimit: spec.limits.pids,
      Ulimits: Object.entries(ulimitsFor(spec)).map(([name, { soft, hard }]) => ({
        Name: name,
        Soft: soft,
        Hard: hard,
      })),
      Tmpfs: Object.fromEntries(spec.tmpfs.map((tmpfs) => [tmpfs.target, tmpfsOptions(tmpfs)])),
      Mounts: spec.mounts.map(toMount),
      LogConfig: { Type: spec.logDriver, Config: {} },
    },
  };
}

type Mounts = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>;

function toMount(mount: MountSpec): Mounts[number] {
  if (mount.kind === 'volume') {
    return {
      Type: 'volume',
      Source: mount.name,
      Target: mount.target,
      ReadOnly: mount.readOnly,
      VolumeOptions: {
        NoCopy: !mount.seedFromImage,
        Labels: {},
        DriverConfig: { Name: 'local', Options: {} },
      },
    };
  }
  return {
    Type: 'bind',
    Source: mount.source,
    Target: mount.target,
    ReadOnly: mount.readOnly,
    BindOptions: { Propagation: 'rprivate' },
  };
}
