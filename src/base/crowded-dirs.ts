/** Folders that tools fill with what nobody reviews. */
const NAMES: ReadonlySet<string> = new Set([
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  'target',
  'dist',
  'build',
  '.cache',
]);

/** More new files than this below one such folder are told of as one. */
export const CROWD = 2000;

/** The outermost such folder above a path. */
export function findCrowdedDir(path: string): string | undefined {
  for (let start = 0; ; ) {
    const end = path.indexOf('/', start);
    if (end === -1) return undefined;
    if (NAMES.has(path.slice(start, end))) return path.slice(0, end);
    start = end + 1;
  }
}

/** What a sandbox says of such a folder whose content it does not list. */
export function describeCrowd(count: number): string {
  return `${count} files`;
}

export function readCrowd(what: string): number | undefined {
  const digits = /^(\d{1,9}) files$/.exec(what)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
