import { setTimeout as delay } from 'node:timers/promises';

export interface Finding {
  /** True only when the sandbox was seen to refuse; what could not be tried is not blocked. */
  readonly blocked: boolean;
  readonly detail: string;
}

/** One try at breaking one guarantee. */
export interface Attempt {
  readonly name: string;
  readonly run: () => Finding | Promise<Finding>;
  /** ms; default 10 s. */
  readonly timeoutMs?: number;
}

export interface Report extends Finding {
  readonly name: string;
}

const DEFAULT_MS = 10_000;

/** Runs one attempt; an error it did not expect, or no end in time, counts as not blocked. */
export async function perform({ name, run, timeoutMs = DEFAULT_MS }: Attempt): Promise<Report> {
  const late = delay(
    timeoutMs,
    { blocked: false, detail: `no answer within ${timeoutMs} ms` },
    { ref: false },
  );
  try {
    return { name, ...(await Promise.race([run(), late])) };
  } catch (error) {
    return {
      name,
      blocked: false,
      detail: `unexpected: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** An attempt whose success is the failure of a system call. */
export function expectFailure(name: string, call: () => unknown): Attempt {
  return { name, run: () => failing(call) };
}

export function failing(call: () => unknown): Finding {
  try {
    call();
    return { blocked: false, detail: 'it worked' };
  } catch (error) {
    return { blocked: true, detail: codeOf(error) };
  }
}

export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
