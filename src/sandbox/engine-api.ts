/** The oldest Engine API that has all that a sandbox is made with. */
export const MINIMUM_API = '1.41';

/** Compares `MAJOR.MINOR`; what is no such number counts as older than everything. */
export function isOlder(version: string, minimum: string): boolean {
  const [major = Number.NaN, minor = 0] = version.split('.').map(Number);
  const [needsMajor = 0, needsMinor = 0] = minimum.split('.').map(Number);
  if (!Number.isFinite(major) || !Number.isFinite(minor)) return true;
  return major < needsMajor || (major === needsMajor && minor < needsMinor);
}
