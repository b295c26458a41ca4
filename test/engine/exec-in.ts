import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';

const docker = new Docker();

export interface ExecEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a JavaScript source in a container, besides the product's own programs there, as somebody who got in
 * would. The source comes over stdin, for nothing of the test's is mounted. `user` is `uid:gid`.
 */
export async function runSource(
  container: string,
  user: string,
  source: string,
  args: readonly string[] = [],
  engine: Docker = docker,
): Promise<ExecEnd> {
  const exec = await engine.getContainer(container).exec({
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    User: user,
    Cmd: ['/usr/local/bin/node', '--input-type=commonjs', '-', ...args],
    WorkingDir: '/tmp',
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  engine.modem.demuxStream(stream, stdout, stderr);
  stream.once('close', () => {
    stdout.end();
    stderr.end();
  });
  const output = Promise.all([text(stdout), text(stderr)]);
  stream.end(source);
  const [out, err] = await output;
  const { ExitCode } = await exec.inspect();
  return { exitCode: ExitCode, stdout: out, stderr: err };
}

/** What the engine says of a session's container, of the programs started in it, and of its image's making. */
export async function describeContainer(sessionId: string): Promise<string> {
  const facts = await docker.getContainer(`airlock-${sessionId}`).inspect();
  const execs = await Promise.all((facts.ExecIDs ?? []).map((id) => docker.getExec(id).inspect()));
  const image = docker.getImage(facts.Image);
  const volume = await docker.getVolume(`airlock-${sessionId}-workspace`).inspect();
  return JSON.stringify([facts, execs, volume, await image.inspect(), await image.history()]);
}

/** Starts a container of a session's image without any of the product's protection; `remove` ends it. */
export async function startUnprotected(
  sessionId: string,
  labels: Record<string, string>,
  env: readonly string[],
): Promise<{ readonly id: string; remove(): Promise<void> }> {
  const { Image } = await docker.getContainer(`airlock-${sessionId}`).inspect();
  const container = await docker.createContainer({
    Image,
    Labels: labels,
    Env: [...env],
    User: '0:0',
    Cmd: ['/bin/sh', '-c', 'chmod 777 /workspace /opt/airlock && exec sleep 120'],
    HostConfig: {
      NetworkMode: 'none',
      SecurityOpt: ['seccomp=unconfined'],
    },
  });
  await container.start();
  return { id: container.id, remove: () => container.remove({ force: true, v: true }) };
}
