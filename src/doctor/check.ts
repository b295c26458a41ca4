import type { Facts } from './facts.js';

/** What a check found. `reason` says what is so and what it means; `fix` what to do about it. */
export type Verdict =
  | { readonly status: 'ok'; readonly reason: string; readonly details?: readonly string[] }
  | {
      readonly status: 'warn' | 'fail' | 'unknown';
      readonly reason: string;
      readonly fix: string;
      /** One line each: what was found, for who wants to know more. */
      readonly details?: readonly string[];
    };

/** One look at what was gathered; pure. */
export interface Check {
  /** For programs; never changes. */
  readonly id: string;
  readonly title: string;
  judge(facts: Facts): Verdict;
}
