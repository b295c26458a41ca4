import { isDeepStrictEqual } from 'node:util';
import { tmpfsOptions } from './build-spec.js';
import type { ContainerFacts, ContainerSpec } from './spec.js';

interface Rule {
  /** Short name of the guarantee, for the message. */
  readonly name: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Compares what was asked for with what the engine says it made. Returns one sentence a difference;
 * an empty list means that the container may be started.
 */
export function checkPosture(spec: ContainerSpec, facts: ContainerFacts): readonly string[] {
  return rulesFor(spec, facts)
    .filter((rule) => !isDeepStrictEqual(rule.expected, rule.actual))
    .map((rule) => `${rule.name}: asked for ${show(rule.expected)}, got ${show(rule.actual)}`);
}

function rulesFor(spec: ContainerSpec, facts: ContainerFacts): readonly Rule[] {
  const { limits } = spec;
  return [
    { name: 'image', expected: spec.image, actual: facts.image },
    { name: 'user', expected: spec.user, actual: facts.user },
    { name: 'program', expected: spec.argv, actual: facts.argv },
    { name: 'network', expected: 'none', actual: facts.networkMode },
    { name: 'published ports', expected: [], actual: facts.publishedPorts },
    { name: 'read-only root', expected: true, actual: facts.readOnlyRoot },
    { name: 'dropped capabilities', expected: ['ALL'], actual: facts.capDrop },
    { name: 'added capabilities', expected: [], actual: facts.capAdd },
    { name: 'security options', expected: [...spec.securityOpt], actual: [...facts.securityOpt] },
    { name: 'privileged', expected: false, actual: facts.privileged },
    { name: 'init process', expected: true, actual: facts.init },
    { name: 'IPC', expected: spec.ipcMode, actual: facts.ipcMode },
    { name: 'shared memory', expected: spec.shmBytes, actual: facts.shmBytes },
    { name: 'PID namespace', expected: '', actual: facts.pidMode },
    { name: 'UTS namespace', expected: '', actual: facts.utsMode },
    { name: 'user namespace', expected: '', actual: facts.usernsMode },
    { name: 'devices', expected: 0, actual: facts.devices },
    { name: 'runtime', expected: spec.runtime ?? facts.runtime, actual: facts.runtime },
    { name: 'restart policy', expected: 'no', actual: facts.restartPolicy },
    { name: 'memory', expected: limits.memoryBytes, actual: facts.memoryBytes },
    { name: 'memory and swap', expected: limits.memorySwapBytes, actual: facts.memorySwapBytes },
    { name: 'CPU', expected: limits.nanoCpus, actual: facts.nanoCpus },
    { name: 'processes', expected: limits.pids, actual: facts.pids },
    { name: 'ulimits', expected: ulimitsFor(spec), actual: facts.ulimits },
    { name: 'tmpfs', expected: tmpfsFor(spec), actual: facts.tmpfs },
    { name: 'mounts', expected: mountsOf(spec.mounts), actual: mountsOf(facts.mounts) },
    { name: 'environment', expected: unexpectedEnv(spec, spec.env), actual: unexpectedEnv(spec, facts.env) },
    { name: 'labels', expected: spec.labels, actual: pick(facts.labels, Object.keys(spec.labels)) },
    { name: 'engine log', expected: spec.logDriver, actual: facts.logDriver },
  ];
}

export function ulimitsFor(spec: ContainerSpec): Record<string, { soft: number; hard: number }> {
  return {
    nofile: { soft: spec.limits.openFiles, hard: spec.limits.openFiles },
    fsize: { soft: spec.limits.fileBytes, hard: spec.limits.fileBytes },
    core: { soft: 0, hard: 0 },
  };
}

function tmpfsFor(spec: ContainerSpec): Record<string, string> {
  return Object.fromEntries(spec.tmpfs.map((tmpfs) => [tmpfs.target, tmpfsOptions(tmpfs)]));
}

type MountView = { kind: string; target: string; readOnly: boolean; source?: string; name?: string };

function mountsOf(mounts: readonly MountView[]): readonly string[] {
  return mounts
    .map(
      (mount) =>
        `${mount.kind} ${mount.source ?? mount.name} ${mount.target} ${mount.readOnly ? 'ro' : 'rw'}`,
    )
    .sort();
}

// The image may add variables of its own (NODE_VERSION); none of ours may be missing or different,
// and nothing that steers a loader or an interpreter may come with the image.
function unexpectedEnv(spec: ContainerSpec, env: readonly string[]): readonly string[] {
  const steering = /^(LD_|NODE_OPTIONS=|BASH_ENV=|ENV=|PYTHON|PERL|GIT_|npm_config_)/;
  return env.filter((entry) => spec.env.includes(entry) || steering.test(entry)).sort();
}

function pick(record: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.filter((key) => key in record).map((key) => [key, record[key] ?? '']));
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
