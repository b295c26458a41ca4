import type { ContainerCreateOptions, ExecCreateOptions } from 'dockerode';
import type { ExecSpec } from '../engine.js';
import { requireExecPosture, requirePosture } from '../posture/check-posture.js';
import type { ContainerSpec } from '../spec.js';
import { toCreateOptions } from './create-options.js';
import { toAskedFacts } from './facts.js';

/** What is sent to make a container: no option leaves that breaks a rule of the posture. Throws `posture-failed`. */
export function toCheckedOptions(spec: ContainerSpec): ContainerCreateOptions {
  const options = toCreateOptions(spec);
  requirePosture({ stage: 'asked', asked: spec, container: toAskedFacts(options) });
  return options;
}

/** What is sent to start a further program. Throws `posture-failed`. */
export function toCheckedExec(spec: ExecSpec): ExecCreateOptions {
  const options: ExecCreateOptions = {
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    Privileged: false,
    User: spec.user,
    Cmd: [...spec.argv],
    Env: [...spec.env],
    WorkingDir: spec.cwd,
  };
  requireExecPosture({ user: options.User ?? '', privileged: options.Privileged === true });
  return options;
}
