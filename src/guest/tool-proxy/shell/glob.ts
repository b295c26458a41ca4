import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { type Field, textOf } from '../../../policy/shell/field.js';
import {
  compilePattern,
  matches,
  type Pattern,
  type PatternChar,
  toChars,
} from '../../../policy/shell/match-pattern.js';
import type { Shell } from './shell.js';

/** Names looked at for one word. */
const MAX_NAMES = 200_000;

/** The names that a word's pattern matches, sorted by bytes; the word itself when it has none or matches none. */
export async function expandGlob(shell: Shell, field: Field): Promise<readonly string[]> {
  const asWritten = textOf(field);
  if (field.every(({ text, quoted }) => quoted || !/[*?[]/.test(text))) return [asWritten];
  const parts = splitPath(toChars(field));
  if (parts.every(({ pattern }) => pattern.literal !== undefined)) return [asWritten];
  const found = await new Walk(shell).find(parts);
  return found.length === 0 ? [asWritten] : found;
}

interface PathPart {
  readonly pattern: Pattern;
  /** Only then may it match a name that begins with a dot. */
  readonly dotted: boolean;
  /** The slashes before it. */
  readonly slashes: string;
}

function splitPath(chars: readonly PatternChar[]): readonly PathPart[] {
  const parts: PathPart[] = [];
  for (let at = 0; at <= chars.length; ) {
    let slashes = '';
    for (; chars[at]?.char === '/'; at += 1) slashes += '/';
    let end = at;
    while (end < chars.length && chars[end]?.char !== '/') end += 1;
    const part = chars.slice(at, end);
    parts.push({ pattern: compilePattern(part), dotted: startsWithDot(part), slashes });
    if (end >= chars.length) break;
    at = end;
  }
  return parts;
}

function startsWithDot([first, second]: readonly PatternChar[]): boolean {
  return first?.char === '.' || (first?.char === '\\' && !first.quoted && second?.char === '.');
}

class Walk {
  readonly #shell: Shell;
  readonly #cwd: string;
  #seen = 0;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#cwd = absolute(shell.run.parts.root, shell.state.directory.physical);
  }

  async find(parts: readonly PathPart[]): Promise<readonly string[]> {
    let paths: readonly string[] = [''];
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      const found: string[] = [];
      for (const path of paths) {
        await this.#shell.run.pause();
        found.push(...this.#step(path, part, last));
      }
      paths = found;
    }
    return [...paths].sort(compareBytes);
  }

  #step(path: string, { pattern, dotted, slashes }: PathPart, last: boolean): readonly string[] {
    const base = path + slashes;
    if (pattern.literal === undefined)
      return this.#list(base)
        .filter((name) => (dotted || !name.startsWith('.')) && matches(pattern, name))
        .map((name) => base + name)
        .filter((name) => last || this.#isDirectory(name));
    const next = base + pattern.literal;
    if (next === '' || (base === '' && !last)) return [next];
    if (pattern.literal === '') return this.#isDirectory(base) ? [next] : [];
    return (last ? this.#exists(next) : this.#isDirectory(next)) ? [next] : [];
  }

  /** What cannot be listed holds no match, as in bash. */
  #list(directory: string): readonly string[] {
    const path = this.#resolve(directory);
    if (path === undefined) return [];
    let names: readonly Buffer[];
    try {
      names = readdirSync(path, { encoding: 'buffer' });
    } catch {
      // Not there, no directory, or not ours to read.
      return [];
    }
    this.#seen += names.length;
    if (this.#seen > MAX_NAMES)
      this.#shell.run.fail({ kind: 'limit', what: `a pattern looked at more than ${MAX_NAMES} names` });
    // A name that is not UTF-8 could not be handed to a program as it is.
    return names.filter((name) => isUtf8(name)).map((name) => name.toString('utf8'));
  }

  #isDirectory(path: string): boolean {
    const real = this.#resolve(path);
    return real !== undefined && statSync(real, { throwIfNoEntry: false })?.isDirectory() === true;
  }

  #exists(path: string): boolean {
    try {
      return lstatSync(this.#absolute(path), { throwIfNoEntry: false }) !== undefined;
    } catch {
      // A part of the path is no directory, or cannot be searched.
      return false;
    }
  }

  /** Names outside the workspace are shown only where every program may look there anyway. */
  #resolve(path: string): string | undefined {
    const { policy, root } = this.#shell.run.parts;
    try {
      const real = realpathSync(this.#absolute(path));
      return policy.anyCommand || real === root || real.startsWith(`${root}/`) ? real : undefined;
    } catch {
      // Not there.
      return undefined;
    }
  }

  #absolute(path: string): string {
    if (path.startsWith('/')) return path;
    return path === '' ? this.#cwd : `${this.#cwd}/${path}`;
  }
}

function absolute(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
