import { AirlockError } from './airlock-error.js';

export { AirlockError, type ErrorCode, type ErrorParts } from './airlock-error.js';

const UNTOUCHED = 'No file of yours was changed.';
/** Of a session that may have run for several turns. */
const ONLY_APPROVED = 'Nothing but what you approved was written.';

/** One factory per user-visible error. */
export const errors = {
  engineMissing: (where: string, cause?: unknown) =>
    new AirlockError({
      code: 'engine-missing',
      what: `No container engine answers at ${where}.`,
      effect: UNTOUCHED,
      nextStep: 'Start Docker, or install Docker Engine, or set DOCKER_HOST, then run the command again.',
      cause,
    }),
  enginePermission: (where: string, cause?: unknown) =>
    new AirlockError({
      code: 'engine-permission',
      what: `The container engine at ${where} refuses this user.`,
      effect: UNTOUCHED,
      nextStep:
        'Add your user to the engine\'s group (`sudo usermod -aG docker "$USER"`), log in again, or use rootless Docker.',
      cause,
    }),
  engineTooOld: (version: string, minimum: string) =>
    new AirlockError({
      code: 'engine-too-old',
      what: `The container engine speaks API ${version}; Airlock needs ${minimum} or newer.`,
      effect: UNTOUCHED,
      nextStep: 'Update Docker Engine to 20.10 or newer.',
    }),
  engineTimeout: (call: string, ms: number) =>
    new AirlockError({
      code: 'engine-timeout',
      what: `The container engine did not answer "${call}" within ${ms / 1000} s.`,
      effect: UNTOUCHED,
      nextStep: 'See whether the engine hangs (`docker ps`), restart it if so, and run the command again.',
    }),
  engineFailed: (call: string, detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'engine-failed',
      what: `The container engine failed at "${call}": ${detail}.`,
      effect: UNTOUCHED,
      nextStep: "Look at the log (Airlock: Show Log) and at the engine's own log.",
      cause,
    }),
  imageMissing: (image: string, detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'image-missing',
      what: `The sandbox image ${image} is missing and could not be built: ${detail}.`,
      effect: UNTOUCHED,
      nextStep: 'Check that the engine reaches its image registry (it is needed once), and try again.',
      cause,
    }),
  agentImageFailed: (title: string, detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'agent-image-failed',
      what: `${title} could not be fetched into an image: ${detail}.`,
      effect: UNTOUCHED,
      nextStep:
        'It is fetched once from an npm registry. Behind a company network, name its registry and certificate file (airlock.image.registry, airlock.image.caFile), then try again.',
      cause,
    }),
  agentNeedsMemory: (title: string, needsMb: number, givenMb: number) =>
    new AirlockError({
      code: 'agent-unfit',
      what: `${title} needs ${needsMb} MB of memory; the sandbox would get ${givenMb} MB.`,
      effect: UNTOUCHED,
      nextStep: 'Raise `airlock.limits.memoryMb`, or choose another agent.',
    }),
  agentSpeaksOther: (title: string, provider: string, known: readonly string[]) =>
    new AirlockError({
      code: 'agent-unfit',
      what: `${title} cannot use the provider "${provider}"; it speaks ${known.join(' or ')}.`,
      effect: UNTOUCHED,
      nextStep: 'Choose another provider (`airlock.provider`) or another agent (`airlock.agent`).',
    }),
  agentNotContained: (title: string) =>
    new AirlockError({
      code: 'agent-unfit',
      what: `${title} has no tools of its own, so it cannot run in the mode "contained".`,
      effect: UNTOUCHED,
      nextStep: 'Choose the mode "brokered" (`airlock.agentMode`), or another agent.',
    }),
  selfCheckFailed: (title: string, detail: string) =>
    new AirlockError({
      code: 'agent-unfit',
      what: `${title} did not pass the check of its tools: ${detail}.`,
      effect: `The session was ended. ${UNTOUCHED}`,
      nextStep:
        'Update Airlock, which pins the version it was tried with, or run this agent in the mode "contained".',
    }),
  startFailed: (detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'start-failed',
      what: `The sandbox did not start: ${detail}.`,
      effect: UNTOUCHED,
      nextStep: 'Look at the log (Airlock: Show Log); `airlock.strategy: "copy"` avoids overlay mounts.',
      cause,
    }),
  imageNameUnusable: (name: string) =>
    new AirlockError({
      code: 'image-missing',
      what: `"${name}" is not the name of an image.`,
      effect: `The engine was not asked for it. ${UNTOUCHED}`,
      nextStep: 'Write it as name:tag, or as name@sha256:digest, in lower case.',
    }),
  workspaceUnsuitable: (detail: string) =>
    new AirlockError({
      code: 'workspace-unsuitable',
      what: `This folder cannot be sandboxed: ${detail}.`,
      effect: UNTOUCHED,
      nextStep: 'Open a project folder of its own and run the command again.',
    }),
  maskFailed: (paths: readonly string[]) =>
    new AirlockError({
      code: 'mask-failed',
      what: `Secrets in the workspace could not be hidden from the agent: ${paths.join(', ')}.`,
      effect: `No tool was run, and the session was stopped. ${UNTOUCHED}`,
      nextStep: 'Check who owns these files, or set `airlock.strategy` to "copy".',
    }),
  guestFailed: (detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'guest-failed',
      what: `The sandbox stopped answering: ${detail}.`,
      effect: `Changes captured so far are kept for review. ${ONLY_APPROVED}`,
      nextStep: 'Look at the log (Airlock: Show Log) and run the agent again.',
      cause,
    }),
  agentFailed: (detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'agent-failed',
      what: `The agent failed: ${detail}.`,
      effect: `Changes captured so far are kept for review. ${ONLY_APPROVED}`,
      nextStep: 'Look at the session view or the log, then run the agent again.',
      cause,
    }),
  keyMissing: (provider: string) =>
    new AirlockError({
      code: 'key-missing',
      what: `No API key is stored for ${provider}.`,
      effect: UNTOUCHED,
      nextStep: 'Run "Airlock: Set API Key" (or pass --key-file to the CLI).',
    }),
  upstreamRefused: (detail: string) =>
    new AirlockError({
      code: 'upstream-refused',
      what: `The model address cannot be used: ${detail}.`,
      effect: UNTOUCHED,
      nextStep:
        'Set `airlock.modelUrl` in your user settings to an https address (http only for this machine).',
    }),
  changeTooLarge: (detail: string) =>
    new AirlockError({
      code: 'change-too-large',
      what: `The agent's changes are too large to capture: ${detail}.`,
      effect: `What was captured is kept for review; the rest is not. ${ONLY_APPROVED}`,
      nextStep: 'Ask the agent for a smaller change, or to remove what it generated.',
    }),
  sandboxFull: (reason: string, setting: string) =>
    new AirlockError({
      code: 'sandbox-full',
      what: `The sandbox was stopped: ${reason}.`,
      effect: `Changes captured so far are kept for review. ${ONLY_APPROVED}`,
      nextStep: `Decide on them, or raise "airlock.limits.${setting}", and run the agent again.`,
    }),
  applyFailed: (path: string, detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'apply-failed',
      what: `"${path}" could not be written: ${detail}.`,
      effect: 'That file is as it was; the proposal is kept.',
      nextStep: 'Solve what the message says and approve the change again.',
      cause,
    }),
  applyUnfinished: (detail: string, second: string, cause?: unknown) =>
    new AirlockError({
      code: 'apply-failed',
      what: `Writing the approved changes failed (${detail}), and so did taking them back (${second}).`,
      effect:
        'Some files are new and some are old. Nothing is lost: what was replaced is kept next to them, in files named ".….airlock-…".',
      nextStep:
        'Solve what the message says; the next approval or the next start of Airlock goes on from here.',
      cause,
    }),
  applyBusy: (holder: string) =>
    new AirlockError({
      code: 'apply-failed',
      what: `Another window is writing changes to this workspace (${holder}).`,
      effect: 'Nothing was written; the proposals are kept.',
      nextStep: 'Wait until it is done, then approve again.',
    }),
  commitFailed: (detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'commit-failed',
      what: `git did not commit the approved changes: ${detail}.`,
      effect: 'They are in your workspace as you approved them; no commit was made.',
      nextStep: 'Solve what git says ("Git: Show Git Output" has all of it), then commit again.',
      cause,
    }),
  importFailed: (detail: string) =>
    new AirlockError({
      code: 'import-failed',
      what: `The agent's commits were not imported: ${detail}.`,
      effect: 'No branch was made; your files, index and HEAD are as they were.',
      nextStep: 'Solve what the message names and import them again, or take the changes from the review.',
    }),
  auditFailed: (cause: unknown) =>
    new AirlockError({
      code: 'audit-failed',
      what: 'The audit log cannot be written.',
      effect: `The session was stopped; changes captured so far are kept for review. ${ONLY_APPROVED}`,
      nextStep: 'Make room on the disk (or see the log for the cause) and run the agent again.',
      cause,
    }),
  policyUnusable: (where: string, detail: string, cause?: unknown) =>
    new AirlockError({
      code: 'policy-unusable',
      what: `The policy in ${where} cannot be used: ${detail}.`,
      effect: `Nothing was started. ${UNTOUCHED}`,
      nextStep: 'Correct what the message names (`airlock policy lint FILE` checks a file), or take it away.',
      cause,
    }),
  noEditorModels: () =>
    new AirlockError({
      code: 'upstream-refused',
      what: "The models of VS Code can be used in VS Code only, by agents that speak Anthropic's protocol.",
      effect: UNTOUCHED,
      nextStep: 'Choose another `airlock.provider`, or another agent.',
    }),
  proxyUnusable: () =>
    new AirlockError({
      code: 'upstream-refused',
      what: 'The proxy for the model address cannot be used: it is no http or https address.',
      effect: UNTOUCHED,
      nextStep: 'Correct `http.proxy` in your user settings (or HTTPS_PROXY in the environment).',
    }),
  usage: (detail: string) =>
    new AirlockError({
      code: 'usage',
      what: detail,
      effect: UNTOUCHED,
      nextStep: 'Run `airlock --help` for the options.',
    }),
  sessionBusy: () =>
    new AirlockError({
      code: 'session-busy',
      what: 'The session does not wait for a prompt now.',
      effect: 'The prompt was not sent; nothing else happened.',
      nextStep: 'Send it when the agent has finished its turn, or start a new session.',
    }),
  cancelled: () =>
    new AirlockError({
      code: 'cancelled',
      what: 'The session was stopped.',
      effect: `Changes captured so far are kept for review. ${ONLY_APPROVED}`,
      nextStep: 'Review them, or run the agent again.',
    }),
};

/** The message of anything thrown, for a sentence or a log line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
