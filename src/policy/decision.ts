/** What the policy says of one request. A value, never an exception; `rule` is stable, `reason` is for people. */
export interface Decision {
  readonly decision: 'allow' | 'ask' | 'deny';
  /** Id of the rule that decided, e.g. `git.subcommand`, `default-deny`. */
  readonly rule: string;
  readonly reason: string;
}
