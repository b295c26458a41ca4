import type { PolicyPath } from './policy-text.js';

/** A line of a policy that has no effect, and why. */
export interface PolicyDiagnostic {
  readonly path: PolicyPath;
  readonly message: string;
}

/** Collects diagnostics while a policy is laid over another. */
export class DiagnosticList {
  readonly #found: PolicyDiagnostic[] = [];

  add(path: PolicyPath, message: string): void {
    this.#found.push({ path, message });
  }

  get all(): readonly PolicyDiagnostic[] {
    return this.#found;
  }
}
