import type { ContainerCreateOptions } from 'dockerode';
import type { ContainerFacts } from '../spec.js';
import { type Config, type HostConfig, type Mount, parseInspection } from './inspection.js';

/** Reads an `inspect` answer. Throws a ZodError when it has not the shape of the Engine API. */
export function toFacts(answer: unknown): ContainerFacts {
  const { Image, AppArmorProfile, Config, HostConfig, Mounts, NetworkSettings } = parseInspection(answer);
  return {
    image: Image,
    imageReference: Config.Image,
    appArmorProfile: AppArmorProfile,
    networks: Object.keys(NetworkSettings?.Networks ?? {}),
    mounts: Mounts.map(toMount),
    ...readConfig(Config),
    ...readHostConfig(HostConfig),
  };
}

/** Reads what is about to be sent to the engine, in the same words: what the engine would make if it did just that. */
export function toAskedFacts(options: ContainerCreateOptions): ContainerFacts {
  const { HostConfig = {}, NetworkingConfig, ...Config } = options;
  return toFacts({
    Image: Config.Image,
    Config,
    HostConfig,
    NetworkSettings: { Networks: NetworkingConfig?.EndpointsConfig },
    Mounts: (HostConfig.Mounts ?? []).map((mount) => ({
      Type: mount.Type,
      Name: mount.Source,
      Source: mount.Source,
      Destination: mount.Target,
      RW: mount.ReadOnly !== true,
      Propagation: mount.BindOptions?.Propagation,
    })),
  });
}

function toMount(mount: Mount): ContainerFacts['mounts'][number] {
  return {
    kind: mount.Type,
    source: mount.Type === 'volume' ? mount.Name : mount.Source,
    target: mount.Destination,
    readOnly: !mount.RW,
    propagation: mount.Propagation,
  };
}

function readConfig(config: Config) {
  return {
    user: config.User,
    entrypoint: config.Entrypoint,
    cmd: config.Cmd,
    env: config.Env,
    cwd: config.WorkingDir,
    hostname: config.Hostname,
    labels: config.Labels,
    healthcheck: config.Healthcheck?.Test ?? [],
    stopSignal: config.StopSignal,
    stdin: { open: config.OpenStdin, once: config.StdinOnce, tty: config.Tty },
    imageVolumes: Object.keys(config.Volumes ?? {}),
    exposedPorts: Object.keys(config.ExposedPorts ?? {}),
  };
}

function readHostConfig(host: HostConfig) {
  return {
    networkMode: host.NetworkMode,
    publishedPorts: [...Object.keys(host.PortBindings ?? {}), ...(host.PublishAllPorts ? ['all'] : [])],
    extraHosts: host.ExtraHosts,
    dns: [...host.Dns, ...host.DnsOptions, ...host.DnsSearch],
    links: host.Links,
    readOnlyRoot: host.ReadonlyRootfs,
    capDrop: host.CapDrop,
    capAdd: host.CapAdd,
    securityOpt: host.SecurityOpt,
    init: host.Init,
    privileged: host.Privileged,
    ipcMode: host.IpcMode,
    shmBytes: host.ShmSize,
    pidMode: host.PidMode,
    utsMode: host.UTSMode,
    usernsMode: host.UsernsMode,
    cgroup: host.Cgroup,
    cgroupParent: host.CgroupParent,
    groupAdd: host.GroupAdd,
    devices: host.Devices.map(({ PathOnHost }) => PathOnHost),
    deviceRequests: host.DeviceRequests.length,
    deviceCgroupRules: host.DeviceCgroupRules,
    sysctls: host.Sysctls,
    maskedPaths: host.MaskedPaths ?? undefined,
    readonlyPaths: host.ReadonlyPaths ?? undefined,
    runtime: host.Runtime,
    restartPolicy: host.RestartPolicy?.Name || 'no',
    autoRemove: host.AutoRemove,
    memoryBytes: host.Memory,
    memorySwapBytes: host.MemorySwap,
    nanoCpus: host.NanoCpus,
    pids: host.PidsLimit,
    oomKillDisable: host.OomKillDisable,
    oomScoreAdj: host.OomScoreAdj,
    ulimits: Object.fromEntries(
      host.Ulimits.map(({ Name, Soft, Hard }) => [Name, { soft: Soft, hard: Hard }]),
    ),
    tmpfs: host.Tmpfs,
    otherMounts: [...host.Binds, ...host.VolumesFrom],
    storageOptions: host.StorageOpt,
    logDriver: host.LogConfig?.Type ?? '',
  };
}
