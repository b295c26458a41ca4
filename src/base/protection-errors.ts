import { AirlockError } from './airlock-error.js';

const UNTOUCHED = 'No file of yours was changed.';

const postureEffects = {
  engine: 'Nothing was started.',
  made: 'The sandbox was removed before the agent started.',
  running: 'The sandbox was removed before any tool ran.',
};

/** A sandbox that does not protect as it must: none goes on. */
export const protectionErrors = {
  postureFailed: (findings: readonly string[], stage: 'engine' | 'made' | 'running') =>
    new AirlockError({
      code: 'posture-failed',
      what: `The engine does not give the sandbox the protection that was asked for. ${findings.join('; ')}.`,
      effect: `${postureEffects[stage]} ${UNTOUCHED}`,
      nextStep:
        "Check the engine's configuration and that it supports these limits on this machine; an image of Airlock's own that was changed is made anew after `docker image rm` of it.",
    }),
  postureRefused: (findings: readonly string[]) =>
    new AirlockError({
      code: 'posture-failed',
      what: `A sandbox like this is not safe, so it was not asked for. ${findings.join('; ')}.`,
      effect: `Nothing was started. ${UNTOUCHED}`,
      nextStep:
        'Take back the setting that the message names; if there is none, report it as a fault of Airlock.',
    }),
  runtimeMissing: (runtime: string, known: readonly string[]) =>
    new AirlockError({
      code: 'runtime-missing',
      what: `The container engine has no runtime "${runtime}"; it has ${known.join(', ') || 'none that it names'}.`,
      effect: `Nothing was started, and no other runtime is taken in its place. ${UNTOUCHED}`,
      nextStep:
        "Install it and name it under `runtimes` in the engine's daemon.json, or set `airlock.runtime` (CLI: --runtime) to one of these.",
    }),
  guaranteeFailed: (findings: readonly string[]) =>
    new AirlockError({
      code: 'guarantee-failed',
      what: `The sandbox does not hold what it must: ${findings.join('; ')}.`,
      effect: `It was removed before the agent could use a tool. ${UNTOUCHED}`,
      nextStep:
        "Check the engine's configuration, or update the engine; the audit log has the whole self-test.",
    }),
  guaranteeUnproven: (runtime: string, ids: readonly string[], findings: readonly string[]) =>
    new AirlockError({
      code: 'guarantee-unproven',
      what: `The runtime "${runtime}" does not let the sandbox prove what it must hold: ${findings.join('; ')}.`,
      effect: `It was removed before the agent could use a tool. ${UNTOUCHED}`,
      nextStep: `Use another runtime, or accept it for this one: in your user settings, \`"airlock.acceptedUnproven": ${JSON.stringify({ [runtime]: ids })}\` (CLI: --accept-unproven ${ids.join(',')}).`,
    }),
};
