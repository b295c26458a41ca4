const MAX_TRIES = 50;

/** A session's id as it is long enough for a branch. */
export function shortSessionId(sessionId: string): string {
  return sessionId.slice(0, 8);
}

/**
 * A branch for a session's commits that is not there yet; undefined when all are taken. `existing` are full names
 * of references. Nothing in it comes from the sandbox.
 */
export function chooseBranch(sessionId: string, existing: readonly string[]): string | undefined {
  const taken = new Set(existing.map((name) => name.replace(/^refs\/heads\//, '')));
  // git keeps no branch below the name of another one.
  const stem = `${taken.has('airlock') ? 'airlock-' : 'airlock/'}${shortSessionId(sessionId)}`;
  const names = Array.from({ length: MAX_TRIES }, (_, index) =>
    index === 0 ? stem : `${stem}-${index + 1}`,
  );
  return names.find((name) => !taken.has(name) && ![...taken].some((other) => other.startsWith(`${name}/`)));
}
