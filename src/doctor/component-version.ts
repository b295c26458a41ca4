import { compare, gte, lt } from 'semver';

export interface ComponentVersion {
  /** What upstream calls it, as semver: `1.1.5`, `1.0.0-rc.93`. */
  readonly upstream: string;
  /** What whoever packaged it added: `+ds1`, `-0ubuntu2`. Empty for upstream's own builds. */
  readonly suffix: string;
}

/** From the first affected version (included) to the first one that is not. */
export type AffectedRange = readonly [introduced: string, fixed: string];

const SHAPE = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(?:[-.~]?(alpha|beta|rc)[-.]?(\d{1,6}))?(.{0,100})$/;

/** Reads a version as engines, containerd and runc give theirs; `undefined` for anything else. */
export function parseVersion(text: string): ComponentVersion | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch = '0', stage, number, suffix = ''] = match;
  const release = [major, minor, patch].map(Number).join('.');
  return {
    // `rc93` as one word would come before `rc7`.
    upstream: stage === undefined ? release : `${release}-${stage}.${Number(number)}`,
    // Docker's own mark of its community builds.
    suffix: suffix === '-ce' ? '' : suffix,
  };
}

/** The range that the version falls into. */
export function findRange(version: string, ranges: readonly AffectedRange[]): AffectedRange | undefined {
  return ranges.find(([introduced, fixed]) => gte(version, introduced) && lt(version, fixed));
}

/** The newest of some versions. */
export function newest(versions: readonly string[]): string | undefined {
  return [...versions].sort(compare).at(-1);
}
