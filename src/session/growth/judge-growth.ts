/** How far the sandbox's view of the workspace may grow, and what must stay free on the disks it grows on. */
export interface GrowthLimits {
  /** On the disk, without what the real workspace holds. */
  readonly bytes: number;
  /** Files, folders and links. */
  readonly entries: number;
  /** Free space that the host keeps, bytes. */
  readonly floorBytes: number;
}

export type Measure =
  | { readonly kind: 'tree'; readonly bytes: number; readonly entries: number }
  | { readonly kind: 'disk'; readonly freeBytes: number };

/** Which limit was reached, under the name of its setting. */
export interface Excess {
  readonly setting: 'workspaceMb' | 'workspaceFiles' | 'freeDiskMb';
  readonly reason: string;
}

const MB = 1024 * 1024;

export function judgeGrowth(measure: Measure, limits: GrowthLimits): Excess | undefined {
  if (measure.kind === 'disk') {
    if (measure.freeBytes >= limits.floorBytes) return undefined;
    const [free, floor] = [Math.floor(measure.freeBytes / MB), Math.round(limits.floorBytes / MB)];
    const reason = `the disk has only ${free} MB left, less than the ${floor} MB that are to stay free`;
    return { setting: 'freeDiskMb', reason };
  }
  if (measure.bytes > limits.bytes) {
    const reason = `the agent has written more than ${Math.round(limits.bytes / MB)} MB into its copy of the workspace`;
    return { setting: 'workspaceMb', reason };
  }
  if (measure.entries <= limits.entries) return undefined;
  const reason = `the agent has made more than ${limits.entries} files in its copy of the workspace`;
  return { setting: 'workspaceFiles', reason };
}
