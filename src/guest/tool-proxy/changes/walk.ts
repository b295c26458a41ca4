import { isUtf8 } from 'node:buffer';
import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { Pace } from './pace.js';

const MAX_PATH_BYTES = 4096;

/** One path below the walked directory, or why it cannot be named or looked at. */
export type WalkEntry =
  | { readonly kind: 'entry'; readonly path: string; readonly stat: BigIntStats }
  | { readonly kind: 'unreadable'; readonly path: string; readonly what: string };

/**
 * Visits everything below `top` without following links, except the `.git` at its root; no order is
 * promised. Stops when `visit` returns false.
 */
export async function walk(top: string, visit: (entry: WalkEntry) => boolean): Promise<void> {
  const pace = new Pace();
  const directories = [''];
  for (let dir = directories.pop(); dir !== undefined; dir = directories.pop()) {
    const names = attempt(() => readdirSync(join(top, dir), { encoding: 'buffer' }));
    if (names === undefined) {
      if (!visit({ kind: 'unreadable', path: dir || '.', what: 'unreadable directory' })) return;
      continue;
    }
    for (const name of names) {
      if (pace.due) await pace.rest();
      const entry = look(top, dir, name);
      if (entry === undefined) continue;
      if (!visit(entry)) return;
      if (entry.kind === 'entry' && entry.stat.isDirectory()) directories.push(entry.path);
    }
  }
}

function look(top: string, dir: string, name: Buffer): WalkEntry | undefined {
  const path = dir === '' ? escapeName(name) : `${dir}/${escapeName(name)}`;
  if (path === '.git') return undefined;
  if (!isUtf8(name)) return { kind: 'unreadable', path: shorten(path), what: 'name is not UTF-8' };
  if (Buffer.byteLength(path) >= MAX_PATH_BYTES) {
    return { kind: 'unreadable', path: shorten(path), what: 'path is too long' };
  }
  const stat = attempt(() => lstatSync(join(top, path), { bigint: true }));
  return stat === undefined
    ? { kind: 'unreadable', path, what: 'cannot be looked at' }
    : { kind: 'entry', path, stat };
}

/** What fails is reported as unreadable; the errno adds nothing the reviewer could act on. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

function join(top: string, path: string): string {
  return path === '' ? top : `${top}/${path}`;
}

/** UTF-8 as it is; in other names every byte that is not printable ASCII becomes `\xNN`. */
function escapeName(name: Buffer): string {
  if (isUtf8(name)) return name.toString('utf8');
  return name
    .toString('latin1')
    .replace(/[^ -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function shorten(path: string): string {
  return path.length <= 1000 ? path : `${path.slice(0, 1000)}…`;
}
