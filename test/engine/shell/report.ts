/** What one run of a program left. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** A word when it did not simply end. */
  readonly status: number | string;
  readonly files: readonly string[];
}

export interface Difference {
  readonly text: string;
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/** What the driver says at its end, as JSON on stdout. */
export interface DriverReport {
  readonly ran: number;
  /** Programs that the parser did not take. */
  readonly refused: readonly string[];
  /** Programs of which two runs by bash differ. */
  readonly unstable: readonly string[];
  readonly differences: readonly Difference[];
}
