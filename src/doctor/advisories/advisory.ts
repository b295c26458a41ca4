import type { AffectedRange } from '../component-version.js';

export type AdvisedComponent = 'engine' | 'containerd' | 'runc';
export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** One known vulnerability of what sandboxes are run with. */
export interface Advisory {
  /** CVE id. */
  readonly id: string;
  readonly component: AdvisedComponent;
  readonly affected: readonly AffectedRange[];
  /** As the advisory rates it (CVSS). */
  readonly severity: Severity;
  /**
   * Whom it serves. `sandbox`: what runs in a container as Airlock makes it. `kernel`: the same, where the kernel has
   * the fault and the engine only guards it. `elsewhere`: other uses of the engine, which Airlock makes none of.
   */
  readonly concern: 'sandbox' | 'kernel' | 'elsewhere';
  /** One sentence. */
  readonly summary: string;
  readonly source: string;
  /** Day, or month, of publication. */
  readonly published: string;
}
