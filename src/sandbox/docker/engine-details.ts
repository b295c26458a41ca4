import * as z from 'zod';
import { errors } from '../../base/errors.js';
import type { EngineDetails } from '../engine.js';

const MAX_TEXT = 300;
const MAX_LIST = 64;

const bounded = z.string().transform((value) => value.slice(0, MAX_TEXT));
const text = bounded.nullish().transform((value) => value ?? '');
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);

function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((list) => (list ?? []).slice(0, MAX_LIST));
}

/** The engine's answer to `/version`. */
const versionAnswer = z.object({
  Version: bounded,
  ApiVersion: bounded,
  Components: listOf(
    z.object({ Name: bounded, Version: text, Details: z.record(z.string(), z.unknown()).nullish() }),
  ),
});

/** The engine's answer to `/info`. */
const infoAnswer = z.object({
  Name: z.string().default('engine'),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DefaultRuntime: text,
  SecurityOptions: listOf(bounded),
  CgroupVersion: z.string().optional(),
  NCPU: z.number().default(1),
  MemTotal: z.number().default(0),
  OperatingSystem: text,
  KernelVersion: text,
  Driver: text,
  DriverStatus: listOf(z.array(bounded)),
  DockerRootDir: text,
  MemoryLimit: flag,
  CpuCfsQuota: flag,
  PidsLimit: flag,
});

/** Reads both answers. Throws `engine-failed` when they are not of the Engine API. */
export function readDetails(endpoint: string, version: unknown, info: unknown): EngineDetails {
  const { Version, ApiVersion, Components } = parse('version', versionAnswer, version);
  const said = parse('info', infoAnswer, info);
  const security = said.SecurityOptions;
  // Docker Desktop answers at a socket of this machine, from a virtual one with other paths.
  const local =
    process.platform === 'linux' &&
    /^(unix:\/\/)?\//.test(endpoint) &&
    !/docker desktop/i.test(said.OperatingSystem);
  return {
    name: said.Name,
    version: Version,
    apiVersion: ApiVersion,
    endpoint,
    local,
    runtimes: Object.keys(said.Runtimes ?? {}).slice(0, MAX_LIST),
    cgroupVersion: said.CgroupVersion === '2' ? '2' : '1',
    rootless: security.some((option) => option.includes('rootless')),
    seccomp: security.some((option) => option.includes('seccomp') && !/profile=unconfined(,|$)/.test(option)),
    cpus: said.NCPU,
    memoryBytes: said.MemTotal,
    storageDir: (local && said.DockerRootDir) || undefined,
    components: Components.map(({ Name, Version: number, Details }) => ({
      name: Name,
      version: number,
      build: typeof Details?.GitCommit === 'string' ? Details.GitCommit.slice(0, MAX_TEXT) : '',
    })),
    operatingSystem: said.OperatingSystem,
    kernel: said.KernelVersion,
    storageDriver: said.Driver,
    backingFileSystem: said.DriverStatus.find(([key]) => key === 'Backing Filesystem')?.[1],
    rootDir: said.DockerRootDir,
    defaultRuntime: said.DefaultRuntime,
    securityOptions: security,
    // Only what is denied: an engine that says nothing of a limit may have it.
    missingLimits: [
      ...(said.MemoryLimit === false ? ['memory'] : []),
      ...(said.CpuCfsQuota === false ? ['processor time'] : []),
      ...(said.PidsLimit === false ? ['number of processes'] : []),
    ],
  };
}

function parse<T extends z.ZodType>(call: string, schema: T, answer: unknown): z.output<T> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw errors.engineFailed(call, `the answer is not one of the Docker Engine API${where}`, read.error);
}
