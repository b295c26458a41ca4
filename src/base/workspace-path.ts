/** A path below the workspace root: relative, `/`-separated, no `.` or `..` or empty part. */
export type WorkspacePath = string;

const MAX_PATH_BYTES = 4096;
/** Already in canonical form, as far as a glance tells. */
const PLAIN = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

export type PathCheck = { ok: true; path: WorkspacePath } | { ok: false; reason: string };

/**
 * Normalises a path as a tool was given it (relative, or absolute below `/workspace`) without asking
 * the file system. The root itself is the empty string.
 */
export function checkWorkspacePath(input: string, root = '/workspace'): PathCheck {
  if (input.length <= MAX_PATH_BYTES && PLAIN.test(input)) return { ok: true, path: input };
  if (input.includes('\0')) return { ok: false, reason: 'the path contains a NUL byte' };
  if (Buffer.byteLength(input) > MAX_PATH_BYTES)
    return { ok: false, reason: 'the path is longer than 4096 bytes' };
  const absolute = input.startsWith('/') ? input : `${root}/${input}`;
  const parts: string[] = [];
  for (const part of absolute.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const resolved = `/${parts.join('/')}`;
  if (resolved === root) return { ok: true, path: '' };
  if (!resolved.startsWith(`${root}/`)) return { ok: false, reason: 'the path leaves the workspace' };
  return { ok: true, path: resolved.slice(root.length + 1) };
}

/** Every folder above a path, the topmost first; none for a name in the root. */
export function listAncestors(path: WorkspacePath): WorkspacePath[] {
  const found: WorkspacePath[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    found.push(path.slice(0, end));
  return found;
}

/** True for a path that is already in canonical form and not the root. */
export function isCanonicalPath(path: string): boolean {
  if (path === '' || path.includes('\0') || Buffer.byteLength(path) > MAX_PATH_BYTES) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
