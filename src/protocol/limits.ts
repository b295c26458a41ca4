/** Bounds on what either side reads from the other. The host's are the ones that protect the user. */
export const limits = {
  /** One JSON line or JSON body, bytes. */
  jsonBytes: 4 * 1024 * 1024,
  /** One file a tool reads or writes as text, bytes. */
  toolFileBytes: 2 * 1024 * 1024,
  /** Output of one command that goes back to the agent, bytes; the middle is cut. */
  outputBytes: 256 * 1024,
  /** Default and longest time of one command, ms. */
  commandMs: 120_000,
  commandMaxMs: 3_600_000,
  /** Changed paths in one collection. */
  changes: 50_000,
  /** One changed file's content, bytes. */
  changeFileBytes: 64 * 1024 * 1024,
  /** The agent's commits as a git bundle: its size, bytes, the time to make it, ms, and how many ids it may leave out. */
  bundleBytes: 64 * 1024 * 1024,
  bundleMs: 60_000,
  bundleHave: 2_000,
  /** Characters of a command string. */
  commandChars: 32_768,
  listEntries: 2_000,
  searchMatches: 1_000,
} as const;
