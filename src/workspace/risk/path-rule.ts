/** A kind of file that is protected for where it is and what it is called. Everything is in folded form (`foldName`). */
export interface PathRule {
  readonly rule: string;
  /** Completes "It is protected, because …". */
  readonly reason: string;
  /** Of a file, in any folder. */
  readonly names?: readonly string[];
  /** A folder or file, by one or more names of its path ('.github/workflows'): itself and all that is in it, at any depth. */
  readonly places?: readonly string[];
  /** Of a file's name. */
  readonly pattern?: RegExp;
  /** Of the whole path, with `/` before it. */
  readonly path?: RegExp;
}

interface Place {
  readonly names: readonly string[];
  readonly rule: PathRule;
}

/** Rules by what they look at, so that a path costs a few look-ups and not one for every name that is known. */
export class PathRules {
  readonly #byName = new Map<string, PathRule[]>();
  readonly #byFirst = new Map<string, Place[]>();
  readonly #byPattern: readonly PathRule[];

  constructor(readonly rules: readonly PathRule[]) {
    for (const rule of rules) {
      for (const name of rule.names ?? []) push(this.#byName, name, rule);
      for (const place of rule.places ?? []) {
        const names = place.split('/');
        push(this.#byFirst, names[0] ?? place, { names, rule });
      }
    }
    this.#byPattern = rules.filter(({ pattern, path }) => pattern !== undefined || path !== undefined);
  }

  /** What protects a file, by its folded names (`foldPath`). */
  match(parts: readonly string[]): ReadonlySet<PathRule> {
    const name = parts.at(-1) ?? '';
    const found = new Set<PathRule>(this.#byName.get(name));
    for (const [at, part] of parts.entries()) {
      for (const place of this.#byFirst.get(part) ?? [])
        if (place.names.every((one, index) => parts[at + index] === one)) found.add(place.rule);
    }
    for (const rule of this.#byPattern) {
      if (rule.pattern?.test(name) || rule.path?.test(`/${parts.join('/')}`)) found.add(rule);
    }
    return found;
  }

  /** What protects a link, which may be to a folder: also what is protected in that folder counts. */
  matchLink(parts: readonly string[]): ReadonlySet<PathRule> {
    const found = new Set(this.match(parts));
    for (const [at, part] of parts.entries()) {
      const rest = parts.slice(at);
      for (const { names, rule } of this.#byFirst.get(part) ?? [])
        if (rest.every((one, index) => names[index] === one)) found.add(rule);
    }
    return found;
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
