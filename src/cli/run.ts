import { errors } from '../base/errors.js';
import type { Spend } from '../gateway/spend/spend.js';
import { defaultLimits, type SandboxHost } from '../session/api.js';
import type { SessionOutcome } from '../session/events.js';
import type { ApplyOutcome, Review } from '../workspace/review/review-api.js';
import { shownKeys } from '../workspace/review/shown-keys.js';
import { exitStatus, exitStatusOf } from './exit-status.js';
import type { Output } from './output.js';
import { isUndecided } from './review/change-state.js';
import { nextSteps } from './review/next-steps.js';
import type { RunOptions } from './run-options.js';

/** `airlock run`: one turn, its changes, and, if asked for, their application. Returns the exit status. */
export async function run(
  host: SandboxHost,
  options: RunOptions,
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const session = await host.start({
    workspace: options.workspace,
    prompt: options.prompt,
    agent: options.agent,
    mode: options.mode,
    spendLimits: options.spendLimits,
    secretScan: options.secretScan,
    network: options.network,
    modelNetwork: options.modelNetwork,
    provider: options.provider,
    model: options.model,
    modelUrl: options.modelUrl,
    strategy: options.strategy,
    runtime: options.runtime,
    seccomp: options.seccomp,
    preset: options.preset,
    acceptedUnproven: { [options.runtime ?? 'default']: options.acceptUnproven },
    limits: { ...defaultLimits, sessionSeconds: options.timeoutSeconds },
    mask: [],
  });
  const phasesMs: Record<string, number> = {};
  let spend: Spend | undefined;
  session.onEvent((event) => {
    if (event.type === 'spend') spend = event;
    if (event.type === 'phase') phasesMs[event.phase] ??= event.atMs;
    output.event(event);
  });
  const stop = () => void session.stop();
  interrupted.addEventListener('abort', stop, { once: true });
  if (interrupted.aborted) stop();
  const outcome = await session.done;
  interrupted.removeEventListener('abort', stop);

  const { review } = session;
  const shown = review.list();
  const changes = shown.map(({ change }) => change);
  for (const change of changes) output.change(change);
  const isApproved = options.approve === 'all' && outcome.kind === 'completed';
  const applied = isApproved ? await review.approveAll(shownKeys(shown)) : [];
  output.result({
    outcome: outcome.kind,
    sessionId: session.id,
    detail: describeOutcome(outcome),
    changes: changes.length,
    applied: applied.filter(({ kind }) => kind === 'applied').map(({ path }) => path),
    conflicts: conflictsOf(applied, review),
    refused: applied.flatMap((outcome) =>
      outcome.kind === 'refused' ? [{ path: outcome.path, reason: outcome.reason }] : [],
    ),
    phasesMs,
    ...(review.list().some(isUndecided) ? { next: nextSteps(session.id, options.stateDir) } : {}),
    ...(spend === undefined
      ? {}
      : {
          spend: {
            tokens: spend.tokens,
            usd: spend.usd,
            unpriced: spend.unpriced,
            estimated: spend.estimated,
          },
        }),
  });
  return statusOf(outcome, options.approve === 'all' ? conflictsOf(applied, review).length : 0);
}

function conflictsOf(applied: readonly ApplyOutcome[], review: Review): { path: string; reason: string }[] {
  const failed = applied.flatMap((outcome) => {
    if (outcome.kind === 'conflict') return [{ path: outcome.path, reason: outcome.reason }];
    if (outcome.kind === 'failed') return [{ path: outcome.path, reason: outcome.error.message }];
    return [];
  });
  const known = new Set(failed.map(({ path }) => path));
  const waiting = review
    .list()
    .filter(({ change, decision }) => decision === 'conflict' && !known.has(change.path))
    .map(({ change, conflict }) => ({ path: change.path, reason: conflict ?? 'edited on both sides' }));
  return [...failed, ...waiting];
}

function describeOutcome(outcome: SessionOutcome): string {
  switch (outcome.kind) {
    case 'completed':
      return outcome.stopReason;
    case 'cancelled':
      return 'stopped';
    case 'failed':
      return outcome.error.message;
  }
}

/** `unapplied`: changes that were to be applied and could not be. */
function statusOf(outcome: SessionOutcome, unapplied: number): number {
  if (outcome.kind === 'cancelled') return exitStatus.failed;
  if (outcome.kind === 'failed') return exitStatusOf(outcome.error);
  return unapplied > 0 ? exitStatus.undone : exitStatus.done;
}

/** Reads the key of a `--key-file` or of AIRLOCK_API_KEY, without its surrounding white space. */
export async function readKey(
  file: string | undefined,
  env: NodeJS.ProcessEnv,
  readText: (path: string) => Promise<string>,
): Promise<string | undefined> {
  if (file === undefined) return env.AIRLOCK_API_KEY;
  try {
    return (await readText(file)).trim();
  } catch (error) {
    throw errors.usage(
      `The key file cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}
