import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { withDeadline } from '../../base/deadline.js';
import { errors } from '../../base/errors.js';
import type {
  AttachedProcess,
  BuildSpec,
  ContainerEnd,
  ContainerState,
  EngineDetails,
  EngineInfo,
  ExecSpec,
  OwnedResource,
  SandboxEngine,
} from '../engine.js';
import { isOlder, MINIMUM_API } from '../engine-api.js';
import { checkImageReference } from '../image-reference.js';
import type { ContainerFacts, ContainerSpec, VolumeSpec } from '../spec.js';
import {
  buildLine,
  containersAnswer,
  createAnswer,
  imageAnswer,
  stateAnswer,
  volumesAnswer,
  waitAnswer,
} from './answers.js';
import { ask, type Question } from './ask.js';
import { toCheckedExec, toCheckedOptions } from './checked-options.js';
import { DemuxedStream } from './demux.js';
import { readDetails } from './engine-details.js';
import { toFacts } from './facts.js';
import { isStatus, translateError } from './translate-error.js';

const CALL_MS = 30_000;
const PROBE_MS = 5_000;
const START_MS = 60_000;
const BUILD_MS = 20 * 60_000;
const VOLUME_ATTEMPTS = 50;

/** A Docker-compatible engine through dockerode; found by DOCKER_HOST or the default socket. */
export class DockerEngine implements SandboxEngine {
  readonly #docker: Docker;
  readonly #endpoint: string;

  constructor(docker: Docker = new Docker()) {
    this.#docker = docker;
    this.#endpoint = process.env.DOCKER_HOST ?? '/var/run/docker.sock';
  }

  async probe(): Promise<EngineInfo> {
    const details = await this.describe();
    if (isOlder(details.apiVersion, MINIMUM_API)) throw errors.engineTooOld(details.apiVersion, MINIMUM_API);
    return details;
  }

  async describe(): Promise<EngineDetails> {
    const ask = (name: 'version' | 'info') =>
      this.#call(name, PROBE_MS, (signal) => this.#ask('GET', `/${name}`, { signal }));
    const [version, info] = await Promise.all([ask('version'), ask('info')]);
    return readDetails(this.#endpoint, version, info);
  }

  async findImage(reference: string) {
    return this.#call('inspect image', CALL_MS, async (signal) => {
      checkImageReference(reference);
      try {
        const { Id, Config } = imageAnswer.parse(
          await this.#ask('GET', `/images/${reference}/json`, { signal }),
        );
        return { id: Id, labels: Config?.Labels ?? {} };
      } catch (error) {
        if (isStatus(error, 404)) return undefined;
        throw error;
      }
    });
  }

  async pullImage(reference: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void> {
    await this.#call('pull image', BUILD_MS, async () => {
      checkImageReference(reference);
      const stream = await this.#docker.pull(reference, { abortSignal: signal });
      await this.#follow(stream, onProgress);
    });
  }

  async buildImage(spec: BuildSpec, onProgress: (line: string) => void, signal: AbortSignal): Promise<void> {
    await this.#call('build image', BUILD_MS, async () => {
      checkImageReference(spec.tag);
      const context = pack();
      for (const { path, bytes } of spec.files)
        context.entry({ name: path, mtime: new Date(0) }, Buffer.from(bytes));
      context.finalize();
      const stream = await this.#docker.buildImage(Readable.from(context, { objectMode: false }), {
        t: spec.tag,
        labels: { ...spec.labels },
        buildargs: { ...spec.buildArgs },
        forcerm: true,
        ...(spec.network === 'default' ? {} : { networkmode: spec.network }),
        abortSignal: signal,
      });
      await this.#follow(stream, onProgress);
    });
  }

  async createVolume(spec: VolumeSpec): Promise<void> {
    await this.#call('create volume', CALL_MS, (signal) =>
      this.#ask('POST', '/volumes/create', {
        body: { Name: spec.name, Driver: 'local', DriverOpts: spec.options, Labels: spec.labels },
        signal,
      }),
    );
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    return this.#call('create container', CALL_MS, async (signal) => {
      const { name = '', ...body } = toCheckedOptions(spec);
      const answer = await this.#ask('POST', '/containers/create', { query: { name }, body, signal });
      return createAnswer.parse(answer).Id;
    });
  }

  async attach(id: string): Promise<AttachedProcess> {
    return this.#call('attach', CALL_MS, async () => {
      const stream = await this.#docker
        .getContainer(id)
        .attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
      return demux(stream);
    });
  }

  async start(id: string): Promise<void> {
    await this.#call('start container', START_MS, async (signal) => {
      try {
        await this.#ask('POST', `/containers/${id}/start`, { signal });
      } catch (error) {
        const translated = translateError('start container', this.#endpoint, error);
        throw translated.code === 'engine-failed' ? errors.startFailed(translated.what, error) : translated;
      }
    });
  }

  async exec(id: string, spec: ExecSpec): Promise<AttachedProcess> {
    return this.#call('exec', CALL_MS, async (signal) => {
      const made = await this.#ask('POST', `/containers/${id}/exec`, { body: toCheckedExec(spec), signal });
      const exec = this.#docker.getExec(createAnswer.parse(made).Id);
      return demux(await exec.start({ hijack: true, stdin: true, Tty: false }));
    });
  }

  async inspect(id: string): Promise<ContainerFacts> {
    return this.#call('inspect container', CALL_MS, async (signal) =>
      toFacts(await this.#ask('GET', `/containers/${id}/json`, { signal })),
    );
  }

  async state(id: string): Promise<ContainerState> {
    return this.#call('inspect container', PROBE_MS, async (signal) => {
      const { State } = stateAnswer.parse(await this.#ask('GET', `/containers/${id}/json`, { signal }));
      if (State.Paused) return 'paused';
      return State.Running ? 'running' : 'ended';
    });
  }

  async wait(id: string): Promise<ContainerEnd> {
    try {
      const { StatusCode } = waitAnswer.parse(await this.#ask('POST', `/containers/${id}/wait`));
      const { State } = stateAnswer.parse(await this.#ask('GET', `/containers/${id}/json`));
      return { exitCode: StatusCode, oomKilled: State.OOMKilled };
    } catch (error) {
      // Removed while we waited: ended, by us or by hand.
      if (isStatus(error, 404)) return { exitCode: 137, oomKilled: false };
      throw translateError('wait', this.#endpoint, error);
    }
  }

  async removeContainer(id: string): Promise<void> {
    await this.#call('remove container', CALL_MS, async (signal) => {
      try {
        await this.#ask('DELETE', `/containers/${id}`, { query: { force: 'true', v: 'true' }, signal });
      } catch (error) {
        if (isStatus(error, 404)) return;
        // Somebody else is removing it: a volume of its would still be in use, so its end is awaited.
        if (!isStatus(error, 409)) throw error;
        const removed = { query: { condition: 'removed' }, signal };
        await this.#ask('POST', `/containers/${id}/wait`, removed).catch(ignoreMissing);
      }
    });
  }

  async removeVolume(name: string): Promise<void> {
    await this.#call('remove volume', CALL_MS, async (signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await this.#ask('DELETE', `/volumes/${name}`, { query: { force: 'true' }, signal });
          return;
        } catch (error) {
          if (isStatus(error, 404)) return;
          // The engine lets go of a removed container's volumes a moment after its end.
          if (!isStatus(error, 409) || attempt === VOLUME_ATTEMPTS) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    });
  }

  async listOwned(labels: Readonly<Record<string, string>>): Promise<readonly OwnedResource[]> {
    const filters = JSON.stringify({
      label: Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
    });
    return this.#call('list', CALL_MS, async (signal) => {
      const [listed, volumesListed] = await Promise.all([
        this.#ask('GET', '/containers/json', { query: { all: 'true', filters }, signal }),
        this.#ask('GET', '/volumes', { query: { filters }, signal }),
      ]);
      const containers = containersAnswer.parse(listed);
      const volumes = volumesAnswer.parse(volumesListed);
      const gone = await Promise.all(containers.map((container) => this.#isGhost(container, signal)));
      return [
        ...containers
          .filter((_, index) => !gone[index])
          .map(({ Id, Labels }) => ({ kind: 'container' as const, id: Id, labels: Labels })),
        ...(volumes.Volumes ?? []).map(({ Name, Labels }) => ({
          kind: 'volume' as const,
          id: Name,
          labels: Labels ?? {},
        })),
      ];
    });
  }

  /** Engine 20.10 may list a container for ever that ended just as it was removed, though there is none. */
  async #isGhost(
    { Id, State }: { readonly Id: string; readonly State: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    if (State !== 'removing') return false;
    try {
      await this.#ask('GET', `/containers/${Id}/json`, { signal });
      return false;
    } catch (error) {
      ignoreMissing(error);
      return true;
    }
  }

  #ask(
    method: Question['method'],
    path: string,
    rest: Omit<Question, 'method' | 'path'> = {},
  ): Promise<unknown> {
    return ask(this.#docker, { method, path, ...rest });
  }

  async #call<T>(call: string, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withDeadline(ms, () => errors.engineTimeout(call, ms), work);
    } catch (error) {
      throw translateError(call, this.#endpoint, error);
    }
  }

  #follow(stream: NodeJS.ReadableStream, onProgress: (line: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: unknown) => {
          const line = buildLine.safeParse(event);
          if (!line.success) return;
          if (line.data.error !== undefined) reject(new Error(line.data.error.slice(0, 1000)));
          const text = (line.data.stream ?? line.data.status ?? '').trim();
          if (text !== '') onProgress(text.slice(0, 500));
        },
      );
    });
  }
}

function ignoreMissing(error: unknown): void {
  if (!isStatus(error, 404)) throw error;
}

function demux(stream: NodeJS.ReadWriteStream): AttachedProcess {
  const demuxed = new DemuxedStream(stream as Socket);
  const stderr: Readable = demuxed.stderr;
  return { stdio: demuxed, stderr };
}
