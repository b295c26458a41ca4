import * as z from 'zod';

// The engine leaves out, or sends as null, what is not set.
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
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
const keys = z.record(z.string(), z.unknown()).nullish();
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
const texts = list(z.string());

const config = z.object({
  Image: text,
  User: text,
  Entrypoint: texts,
  Cmd: texts,
  Env: texts,
  WorkingDir: text,
  Hostname: text,
  Labels: record,
  Healthcheck: z.object({ Test: texts }).nullish(),
  StopSignal: text,
  OpenStdin: flag,
  StdinOnce: flag,
  Tty: flag,
  Volumes: keys,
  ExposedPorts: keys,
});

const hostConfig = z.object({
  NetworkMode: text,
  PortBindings: keys,
  PublishAllPorts: flag,
  ExtraHosts: texts,
  Dns: texts,
  DnsOptions: texts,
  DnsSearch: texts,
  Links: texts,
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
  Cgroup: text,
  CgroupParent: text,
  GroupAdd: texts,
  Devices: list(z.object({ PathOnHost: text })),
  DeviceRequests: list(z.unknown()),
  DeviceCgroupRules: texts,
  Sysctls: record,
  MaskedPaths: z.array(z.string()).nullish(),
  ReadonlyPaths: z.array(z.string()).nullish(),
  Runtime: text,
  RestartPolicy: z.object({ Name: text }).nullish(),
  AutoRemove: flag,
  Memory: count,
  MemorySwap: count,
  NanoCpus: count,
  PidsLimit: count,
  OomKillDisable: flag,
  OomScoreAdj: count,
  Ulimits: list(z.object({ Name: z.string(), Soft: z.number(), Hard: z.number() })),
  Tmpfs: record,
  Binds: texts,
  VolumesFrom: texts,
  StorageOpt: record,
  LogConfig: z.object({ Type: text }).nullish(),
});

const mount = z.object({
  Type: z.string(),
  Name: text,
  Source: text,
  Destination: z.string(),
  RW: z.boolean(),
  Propagation: text,
});

/** The parts of the engine's `inspect` answer that the posture is read from. */
const inspection = z.object({
  Image: z.string(),
  AppArmorProfile: text,
  Config: config,
  HostConfig: hostConfig,
  NetworkSettings: z.object({ Networks: keys }).nullish(),
  Mounts: z.array(mount),
});

export type Config = z.infer<typeof config>;
export type HostConfig = z.infer<typeof hostConfig>;
export type Mount = z.infer<typeof mount>;

export function parseInspection(answer: unknown): z.infer<typeof inspection> {
  return inspection.parse(answer);
}
