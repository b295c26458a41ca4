import * as z from 'zod';
import { errors } from '../../base/errors.js';
import type { EngineInfo } from '../engine.js';

const MINIMUM_API = '1.41';

const versionAnswer = z.object({ Version: z.string(), ApiVersion: z.string() });
const infoAnswer = z.object({
  Name: z.string().default('engine'),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  CgroupVersion: z.string().optional(),
  NCPU: z.number().default(1),
  MemTotal: z.number().default(0),
  DockerRootDir: z.string().max(4096).nullish(),
});

type Version = z.infer<typeof versionAnswer>;
type Info = z.infer<typeof infoAnswer>;

/** The engine's answers in our own words. Throws `engineTooOld`. */
export function toEngineInfo(version: Version, info: Info, endpoint: string): EngineInfo {
  if (compareVersions(version.ApiVersion, MINIMUM_API) < 0) {
    throw errors.engineTooOld(version.ApiVersion, MINIMUM_API);
  }
  const local = process.platform === 'linux' && /^(unix:\/\/)?\//.test(endpoint);
  const security = info.SecurityOptions ?? [];
  return {
    name: info.Name,
    version: version.Version,
    apiVersion: version.ApiVersion,
    endpoint,
    local,
    runtimes: Object.keys(info.Runtimes ?? {}),
    cgroupVersion: info.CgroupVersion === '2' ? '2' : '1',
    rootless: security.some((option) => option.includes('rootless')),
    seccomp: security.some((option) => option.includes('seccomp') && !/profile=unconfined(,|$)/.test(option)),
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    storageDir: (local && info.DockerRootDir) || undefined,
  };
}

export function readVersion(answer: unknown): Version {
  return versionAnswer.parse(answer);
}

export function readInfo(answer: unknown): Info {
  return infoAnswer.parse(answer);
}

/** Compares dotted numeric versions: negative when `a` is older. */
function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}
