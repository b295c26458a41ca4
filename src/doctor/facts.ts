import type { ErrorCode } from '../base/airlock-error.js';
import type { EngineDetails } from '../sandbox/engine.js';
import type { ImageStatus } from '../sandbox/image.js';
import type { OverlayBlocker } from '../workspace/view/strategy.js';

/** A fact, or why it is not known. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly reason: string };

export type EngineAnswer =
  | { readonly kind: 'answered'; readonly details: EngineDetails }
  /** The error of the engine: what happened, and what to do. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly what: string; readonly nextStep: string };

export type WorkspaceFact =
  /** No folder is open, or none was named. */
  | { readonly kind: 'none' }
  | { readonly kind: 'suitable'; readonly root: string }
  | { readonly kind: 'unsuitable'; readonly what: string; readonly nextStep: string };

export interface Space {
  readonly dir: string;
  readonly freeBytes: number;
}

/** All that the checks go by, gathered once. */
export interface Facts {
  readonly engine: EngineAnswer;
  readonly workspace: WorkspaceFact;
  /** What stands against an overlay of the workspace (or of any, when there is none). */
  readonly overlayBlockers: Known<readonly OverlayBlocker[]>;
  /** Free space where sessions and reviews are kept. */
  readonly stateSpace: Known<Space>;
  /** Free space of the engine's own folder; `undefined` when that is on another machine. */
  readonly engineSpace: Known<Space> | undefined;
  readonly images: Known<ImageStatus>;
}
