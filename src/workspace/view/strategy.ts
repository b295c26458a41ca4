export type StrategyKind = 'overlay' | 'copy';

/** Why an overlay cannot be used; each is proof enough on its own. */
export type OverlayBlockerName =
  | 'platform'
  | 'engine-remote'
  | 'engine-rootless'
  | 'runtime'
  | 'root-owned'
  | 'foreign-owner'
  | 'path-characters'
  | 'path-length'
  | 'state-file-system';

export interface OverlayBlocker {
  readonly name: OverlayBlockerName;
  /** One clause for the user. */
  readonly reason: string;
}

/** Everything that the choice depends on. */
export interface StrategyFacts {
  readonly platform: NodeJS.Platform;
  /** Uid of this process; -1 where there are none. */
  readonly hostUid: number;
  /** The real workspace, links resolved. */
  readonly root: string;
  /** Owner of the workspace's root directory. */
  readonly ownerUid: number;
  readonly sessionDir: string;
  /** File system type of the state directory: `ext4`, `overlay`, … */
  readonly stateFileSystem: string;
  readonly engineLocal: boolean;
  readonly engineRootless: boolean;
  /** The runtime that was asked for, or the engine's default one. */
  readonly runtime: string | undefined;
}

export type StrategyDecision =
  | { readonly kind: 'overlay' }
  /** `blockers` is empty when the copy was asked for. */
  | { readonly kind: 'copy'; readonly blockers: readonly OverlayBlocker[] }
  /** An overlay was asked for and cannot be. */
  | { readonly kind: 'impossible'; readonly blockers: readonly OverlayBlocker[] };

/** Which of the strategies serves this workspace on this engine. */
export function chooseStrategy(facts: StrategyFacts, requested: 'auto' | StrategyKind): StrategyDecision {
  if (requested === 'copy') return { kind: 'copy', blockers: [] };
  const blockers = findOverlayBlockers(facts);
  if (blockers.length === 0) return { kind: 'overlay' };
  return { kind: requested === 'overlay' ? 'impossible' : 'copy', blockers };
}

// Mount options are one string of `,` and `:` separated parts; the engine escapes none of them.
const UNMOUNTABLE = /[:,\\"'\n\r\t]/;
/** Mount data is one page, and holds the workspace once and the session directory twice. */
const MAX_OPTION_BYTES = 3600;
// No d_type, no trusted xattrs or no whiteouts: the kernel refuses these as an upper layer, or corrupts it.
const NO_UPPER = new Set([
  'overlay',
  'nfs',
  'fuse',
  'cifs',
  'smb2',
  '9p',
  'vboxsf',
  'ecryptfs',
  'msdos',
  'exfat',
  'aufs',
]);

/** Every reason against an overlay, in a fixed order. */
export function findOverlayBlockers(facts: StrategyFacts): readonly OverlayBlocker[] {
  const found: OverlayBlocker[] = [];
  const block = (name: OverlayBlockerName, reason: string) => found.push({ name, reason });
  if (facts.platform !== 'linux') block('platform', 'overlay mounts need a Linux host');
  if (!facts.engineLocal) block('engine-remote', 'the engine does not run on this machine');
  if (facts.engineRootless)
    block('engine-rootless', 'a rootless engine maps the owner of the files to another user');
  if (facts.runtime !== undefined && /^runsc/.test(facts.runtime)) {
    block('runtime', `the runtime ${facts.runtime} does not pass overlay volumes through`);
  }
  if (facts.ownerUid === 0)
    block('root-owned', 'the folder belongs to root, and nothing in the sandbox may run as root');
  else if (facts.hostUid !== 0 && facts.hostUid !== facts.ownerUid) {
    block('foreign-owner', 'the folder belongs to another user');
  }
  if (UNMOUNTABLE.test(facts.root) || UNMOUNTABLE.test(facts.sessionDir)) {
    block('path-characters', 'a path has a character that mount options cannot carry (: , \\ or a quote)');
  }
  const optionBytes = Buffer.byteLength(facts.root) + 2 * Buffer.byteLength(facts.sessionDir);
  if (optionBytes > MAX_OPTION_BYTES) block('path-length', 'the paths are too long for mount options');
  if (NO_UPPER.has(facts.stateFileSystem)) {
    block(
      'state-file-system',
      `the extension's storage is on ${facts.stateFileSystem}, which cannot hold an overlay's upper layer`,
    );
  }
  return found;
}
