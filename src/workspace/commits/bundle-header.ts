/** What stands before the pack in a git bundle (gitformat-bundle), as far as a bundle of one HEAD has it. */
export interface BundleHeader {
  /** The one commit that it is a bundle of. */
  readonly tip: string;
  /** Commits that it builds on. */
  readonly prerequisites: readonly string[];
  /** Where the pack begins, bytes. */
  readonly packOffset: number;
}

export type HeaderCheck =
  | { readonly ok: true; readonly header: BundleHeader }
  | { readonly ok: false; readonly reason: string };

/** So much of a file is looked at. */
export const MAX_HEADER_BYTES = 1024 * 1024;
const MAX_PREREQUISITES = 10_000;

const SIGNATURES = ['# v2 git bundle', '# v3 git bundle'];
/** Objects left out by a filter would be fetched later from somewhere: none is taken. */
const CAPABILITY = /^@object-format=(?:sha1|sha256)$/;
const PREREQUISITE = /^-([0-9a-f]{40}|[0-9a-f]{64})(?: .*)?$/;
const REFERENCE = /^([0-9a-f]{40}|[0-9a-f]{64}) HEAD$/;

/** Reads the first bytes of a bundle that came from a sandbox. Everything but one HEAD is refused. */
export function readBundleHeader(bytes: Uint8Array): HeaderCheck {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = text.indexOf('\n\n');
  if (end < 0 || end > MAX_HEADER_BYTES) return refuse('it has no end of its header');
  const [signature = '', ...rest] = text.toString('latin1', 0, end).split('\n');
  if (!SIGNATURES.includes(signature)) return refuse('it is no git bundle');
  const lines = rest.filter((line) => !CAPABILITY.test(line));
  const prerequisites = lines.flatMap((line) => PREREQUISITE.exec(line)?.[1] ?? []);
  const [tip, ...others] = lines.flatMap((line) => REFERENCE.exec(line)?.[1] ?? []);
  if (tip === undefined || others.length > 0 || prerequisites.length + 1 !== lines.length)
    return refuse('it is not a bundle of one HEAD');
  if (prerequisites.length > MAX_PREREQUISITES) return refuse('it builds on too many commits');
  return { ok: true, header: { tip, prerequisites, packOffset: end + 2 } };
}

function refuse(reason: string): HeaderCheck {
  return { ok: false, reason };
}
