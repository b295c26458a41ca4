/** The functions by which Node asks the system for something; an apply uses no others. */
const CALLS = [
  'openFileHandle',
  'read',
  'readdir',
  'lstat',
  'fstat',
  'stat',
  'fsync',
  'rename',
  'rmdir',
  'mkdir',
  'link',
  'symlink',
  'readlink',
  'unlink',
  'writeBuffer',
  'writeString',
  'fchmod',
  'fchown',
  'lchown',
  'chmod',
] as const;

type Call = (...args: unknown[]) => unknown;

/** Stands between Node's file functions and the system: counts the calls, or lets one, or all from one on, fail. */
export class Injection {
  #count = 0;
  readonly #originals = new Map<string, Call>();
  readonly #binding: Record<string, Call>;

  private constructor(fails: (position: number, call: string) => string | undefined) {
    this.#binding = (process as unknown as { binding(name: string): Record<string, Call> }).binding('fs');
    for (const name of CALLS) {
      const original = this.#binding[name];
      if (original === undefined) throw new Error(`this Node has no ${name}`);
      this.#originals.set(name, original);
      this.#binding[name] = (...args) => {
        // Only what is asked by way of promises: the rest is not the apply's.
        const isPromised = args.some((argument) => typeof argument === 'symbol');
        const errno = isPromised ? fails(this.#count++, name) : undefined;
        if (errno === undefined) return original.apply(this.#binding, args);
        return Promise.reject(Object.assign(new Error(`${errno}: injected, ${name}`), { code: errno }));
      };
    }
  }

  static count(): Injection {
    return new Injection(() => undefined);
  }

  static failAt(position: number, errno: string, persists: boolean): Injection {
    return new Injection((call) => (call === position || (persists && call > position) ? errno : undefined));
  }

  /** From the first call on that it is true of, all fail. */
  static failWhen(begins: (call: string) => boolean, errno: string): Injection {
    let failing = false;
    return new Injection((_, call) => {
      failing ||= begins(call);
      return failing ? errno : undefined;
    });
  }

  /** Back to the real functions; returns how many calls there were. */
  end(): number {
    for (const [name, original] of this.#originals) this.#binding[name] = original;
    return this.#count;
  }
}
