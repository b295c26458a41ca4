import * as z from 'zod';
import type { ContainerFacts } from '../spec.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const record = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
const count = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** The parts of the engine's `inspect` answer that the posture is read from. */
const inspection = z.object({
  Image: z.string(),
  Config: z.object({ User: text, Entrypoint: texts, Cmd: texts, Env: texts, Labels: record }),
  HostConfig: z.object({
    NetworkMode: text,
    PortBindings: z.record(z.string(), z.unknown()).nullish(),
    PublishAllPorts: flag,
    ReadonlyRootfs: flag,
    CapDrop: texts,
    CapAdd: texts,
    SecurityOpt: texts,
    Init: flag,
    Privileged: flag,
    IpcMode: text,
    ShmSize: count,
    PidMode: text,
    UTSMode: text,
    UsernsMode: text,
    Devices: z.array(z.unknown()).nullish(),
    DeviceRequests: z.array(z.unknown()).nullish(),
    Runtime: text,
    RestartPolicy: z.object({ Name: text }).nullish(),
    Memory: count,
    MemorySwap: count,
    NanoCpus: count,
    PidsLimit: count,
    Ulimits: z.array(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() })).nullish(),
    Tmpfs: record,
    LogConfig: z.object({ Type: text }).nullish(),
  }),
  Mounts: z.array(
    z.object({ Type: z.string(), Name: text, Source: text, Destination: z.string(), RW: z.boolean() }),
  ),
});

/** Reads an `inspect` answer. Throws a ZodError when it has not the shape of the Engine API. */
export function toFacts(answer: unknown): ContainerFacts {
  const { Image, Config, HostConfig, Mounts } = inspection.parse(answer);
  return {
    image: Image,
    user: Config.User,
    argv: [...Config.Entrypoint, ...Config.Cmd],
    env: Config.Env,
    labels: Config.Labels,
    networkMode: HostConfig.NetworkMode,
    publishedPorts: [
      ...Object.keys(HostConfig.PortBindings ?? {}),
      ...(HostConfig.PublishAllPorts ? ['all'] : []),
    ],
    readOnlyRoot: HostConfig.ReadonlyRootfs,
    capDrop: HostConfig.CapDrop,
    capAdd: HostConfig.CapAdd,
    securityOpt: HostConfig.SecurityOpt,
    init: HostConfig.Init,
    privileged: HostConfig.Privileged,
    ipcMode: HostConfig.IpcMode,
    shmBytes: HostConfig.ShmSize,
    pidMode: HostConfig.PidMode,
    utsMode: HostConfig.UTSMode,
    usernsMode: HostConfig.UsernsMode,
    devices: (HostConfig.Devices ?? []).length + (HostConfig.DeviceRequests ?? []).length,
    runtime: HostConfig.Runtime,
    restartPolicy: HostConfig.RestartPolicy?.Name || 'no',
    memoryBytes: HostConfig.Memory,
    memorySwapBytes: HostConfig.MemorySwap,
    nanoCpus: HostConfig.NanoCpus,
    pids: HostConfig.PidsLimit,
    ulimits: Object.fromEntries(
      (HostConfig.Ulimits ?? []).map(({ Name, Soft, Hard }) => [Name, { soft: Soft, hard: Hard }]),
    ),
    tmpfs: HostConfig.Tmpfs,
    mounts: Mounts.map((mount) => ({
      kind: mount.Type,
      source: mount.Type === 'volume' ? mount.Name : mount.Source,
      target: mount.Destination,
      readOnly: !mount.RW,
    })),
    logDriver: HostConfig.LogConfig?.Type ?? '',
  };
}
