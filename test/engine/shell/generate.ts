import { ExpansionGenerator } from './generate-expansions.js';
import { makeXargs, type Pick } from './generate-xargs.js';
import {
  DIRECTORIES,
  FILES,
  FILTERS,
  GLOBS,
  LITERALS,
  NAMES,
  PATTERNS,
  TARGETS,
  TESTS,
  VALUES,
  WHOLE_FILTERS,
} from './program-parts.js';
import { LINES, OPTIONS, READERS } from './read-parts.js';

/** Numbers that depend on the seed alone (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Programs of the subset: every one ends, and what it prints does not depend on how its parts are scheduled. */
export function generatePrograms(seed: number, count: number): readonly string[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => new Generator(random).program());
}

const COMPOUND = /^(?:[({]|\[\[ |if |for |while |until |case |n\d)/;
class Generator {
  readonly #random: () => number;
  /** Those that surely have a value. */
  readonly #known: string[] = [];
  readonly #expansions: ExpansionGenerator;
  #depth = 0;
  #loops = 0;
  #size = 0;
  /** With pipefail it shows who died of a pipe that nobody reads, which hangs on who is faster. */
  #pipefail = false;

  constructor(random: () => number) {
    this.#random = random;
    this.#expansions = new ExpansionGenerator(
      (values) => this.#pick(values),
      (end) => this.#below(end),
      this.#known,
    );
  }

  program(): string {
    const options = this.#chance(0.3) ? [this.#startingOptions()] : [];
    const setup = [...options, this.#expansions.counters(), ...this.#many(0, 2, () => this.#assignment())];
    const body = this.#list(1 + this.#below(3));
    return `${setup.join('; ')}${this.#pick(['; ', '\n'])}${body}`;
  }

  #startingOptions(): string {
    this.#pipefail = this.#chance(0.4);
    return `set ${this.#pickOptions()}${this.#pipefail ? ' -o pipefail' : ''}`;
  }

  #pickOptions(): string {
    return this.#pick(OPTIONS);
  }

  #list(count: number): string {
    const statements = Array.from({ length: count }, () => this.#statement());
    return statements.reduce((left, right) => {
      // A here-document's body ends with its line.
      if (left.endsWith('\n')) return left + right;
      return left + this.#pick(['; ', '; ', '\n', ' ; ']) + right;
    });
  }

  #statement(): string {
    this.#size += 1;
    let text = this.#pipeline();
    while (this.#chance(0.25) && !text.endsWith('\n')) {
      const right = this.#pipeline();
      text += this.#pick([' && ', ' || ']) + right;
    }
    return this.#chance(0.12) && !text.endsWith('\n') ? `${text}; echo $?` : text;
  }

  #pipeline(): string {
    const negated = this.#chance(0.06) ? '! ' : '';
    if (this.#chance(0.7)) {
      const command = this.#command();
      // bash forgets the `!` before a compound command whose redirection fails.
      return COMPOUND.test(command) ? command : negated + command;
    }
    const first = this.#source();
    const parts = [first];
    for (const _ of this.#many(1, 3, () => 0)) {
      // What has effects of its own, or says something of a reader that left, must not depend on how long one reads.
      const whole = this.#pipefail || parts.some((part) => /^[{(]|xargs/.test(part));
      parts.push(this.#filter(whole ? WHOLE_FILTERS : FILTERS));
    }
    return negated + parts.join(' | ');
  }

  #source(): string {
    const choice = this.#below(8);
    if (choice === 0) return `printf '%s\\n' ${this.#words(1, 3)}`;
    if (choice === 1) return `seq ${1 + this.#below(this.#chance(0.1) ? 30_000 : 20)}`;
    if (choice === 2) return `cat ${this.#pick(FILES)}`;
    if (choice === 3) return `cat ${this.#pick(FILES)} 2>&1`;
    if (choice === 4 && this.#deeper()) return this.#within(() => `{ ${this.#closed(this.#list(2))} }`);
    if (choice === 5) return `ls ${this.#pick(['', 'dir', '-a', 'nofile', '-1 dir/sub'])}`;
    // Endless, so what reads it must not be.
    if (choice === 6) return `yes | head -n ${1 + this.#below(3)}`;
    return `echo ${this.#words(0, 3)}`;
  }

  #filter(filters: readonly string[]): string {
    if (this.#chance(0.15) && this.#deeper())
      return this.#within(() =>
        this.#pick([`{ cat; ${this.#closed(this.#list(1))} }`, `( ${this.#filter(filters)} )`]),
      );
    if (this.#chance(0.15)) return makeXargs((values) => this.#pick(values), filters === WHOLE_FILTERS);
    return this.#chance(0.2) ? this.#pick(READERS) : this.#pick(filters);
  }

  #command(): string {
    if (this.#chance(0.3) && this.#deeper()) return this.#within(() => this.#compound());
    const command = this.#simple();
    if (!this.#chance(0.3)) return command;
    const redirects = this.#redirects();
    // What reads the file that it appends to line by line never ends.
    return `${command} ${command.includes('<') ? redirects.replaceAll('>> ', '> ') : redirects}`.trim();
  }

  #simple(): string {
    const choice = this.#below(28);
    switch (choice) {
      case 0:
        return this.#assignment();
      case 1:
        return `cd ${this.#pick(DIRECTORIES)}`;
      case 2:
        return this.#pick([
          'pwd',
          'pwd -P',
          'echo "$?"',
          'true',
          'false',
          ':',
          '(exit 3)',
          'nosuchprogram a',
        ]);
      case 3:
        return `test ${this.#pick(TESTS)}`;
      case 4:
        return `[ ${this.#pick(TESTS)} ]`;
      case 5:
        return `cat ${this.#pick(FILES)}`;
      case 6:
        return `printf '<%s>\\n' ${this.#words(0, 4)}`;
      case 7:
        return this.#loops > 0 ? this.#pick(['break', 'continue', 'break 2', 'continue 2']) : 'echo out';
      case 8:
        return this.#chance(0.3) ? `exit ${this.#below(300)}` : `(exit ${this.#below(300)})`;
      case 9:
        return `export ${this.#assignment()}`;
      case 10:
        return `A=${this.#word()} B=${this.#word()} sh -c 'echo "<$A><$B>"'`;
      case 11:
        return `echo -e '${this.#pick(['a\\tb', '\\x41\\0102', 'x\\cy', '\\u00e9\\n', '\\\\q\\z', '\\0', 'a\\e[0m'])}'`;
      case 12:
        return `sh -c 'echo o; echo e >&2; exit ${this.#below(5)}'`;
      case 13:
        return this.#pick([
          'mkdir -p n/m',
          'rm -r dir',
          'touch "n w" new',
          'mv a.txt z.txt',
          'rm nofile',
          'cp a.txt dir',
        ]);
      case 14:
        // Not another signal: whether bash reports it depends on whether it is still there.
        return `sh -c 'kill -13 $$'`;
      case 15:
        return this.#chance(0.5) ? `set ${this.#pickOptions()}` : this.#pick(['unset x', 'unset y list']);
      case 16:
        return this.#read();
      case 17:
        return `${this.#pick(READERS)} < ${this.#pick(FILES)}`;
      case 18: {
        const pick: Pick = (values) => this.#pick(values);
        // It may yet be redirected, and then nobody reads the pipe.
        if (this.#pipefail) return `${makeXargs(pick, true)} < ${this.#pick(FILES)}`;
        return `cat ${this.#pick(FILES)} | ${makeXargs(pick, false)}`;
      }
      case 19:
      case 20:
        return this.#expansions.test();
      case 21:
        return this.#expansions.count();
      default:
        return `${this.#pick(['echo', 'echo', 'echo', 'echo -n', 'printf "[%s]"'])} ${this.#words(1, 4)}`;
    }
  }

  #read(): string {
    const separators = this.#pick(['', '', 'IFS= ', 'IFS=: ', "IFS='b ' "]);
    const options = this.#pick(['', '', '-r ', '-r -d e ', "-d '' "]);
    const names = this.#many(1, 3, () => this.#pick(NAMES));
    const from = this.#chance(0.5) ? `< ${this.#pick(FILES)}` : `<<< ${this.#pick(LINES)}`;
    const shown = names.map((name) => `"$${name}"`).join(' ');
    return `${separators}read ${options}${names.join(' ')} ${from}; printf '[%s]' $? ${shown}`;
  }

  #redirects(): string {
    return this.#many(1, 2, () => {
      switch (this.#below(9)) {
        case 0:
          return `< ${this.#pick(FILES)}`;
        case 1:
          return '2>&1';
        case 2:
          return '1>&2';
        case 3:
          return '2>/dev/null';
        case 4:
          return `>> ${this.#pick(TARGETS)}`;
        case 5:
          return `&> ${this.#pick(TARGETS)}`;
        case 6:
          return `2> ${this.#pick(TARGETS)}`;
        case 7:
          return `<<< ${this.#word()}`;
        default:
          return `> ${this.#pick(TARGETS)}`;
      }
    }).join(' ');
  }

  #compound(): string {
    const body = () => this.#closed(this.#list(1 + this.#below(2)));
    const redirects = this.#chance(0.2) ? ` ${this.#redirects()}` : '';
    switch (this.#below(8)) {
      case 0:
        return `{ ${body()} }${redirects}`;
      case 1:
        return `( ${body()} )${redirects}`;
      case 2:
        return this.#for(redirects);
      case 3:
        return this.#while(redirects);
      case 4:
        return `if ${this.#chance(0.5) ? `${this.#expansions.test()};` : body()} then ${body()} fi${redirects}`;
      case 5:
        return `if ${body()} then ${body()} elif ${body()} then ${body()} else ${body()} fi${redirects}`;
      case 6:
        return this.#case(redirects);
      default:
        return `cat <<${this.#pick(['E', "'E'"])}\nline ${this.#words(0, 2)}\n${this.#variable() ?? 'end'}\nE\n`;
    }
  }

  #for(redirects: string): string {
    const name = this.#pick(['i', 'j', 'x']);
    const words = this.#words(0, 3);
    const body = this.#inLoop(() => `echo "${name}=$${name}"; ${this.#closed(this.#list(1))}`);
    return `for ${name} in ${words}; do ${body} done${redirects}`;
  }

  /** Counted in the length of a variable, for the subset has no arithmetic. */
  #while(redirects: string): string {
    const counter = `n${this.#size}_${this.#depth}`;
    const body = this.#inLoop(() => this.#closed(this.#list(1)));
    const [word, end] = this.#pick([
      ['while', '!='],
      ['until', '='],
    ]);
    return `${counter}=; ${word} test "$${counter}" ${end} aa; do ${counter}=a$${counter}; ${body} done${redirects}`;
  }

  #case(redirects: string): string {
    const arms = this.#many(0, 3, () => {
      const patterns = this.#many(1, 2, () => this.#pick([...PATTERNS, this.#variable() ?? 'a'])).join('|');
      return `${patterns}) ${this.#chance(0.85) ? this.#closed(this.#list(1)).replace(/;$/, '') : ''} ;;`;
    });
    return `case ${this.#word()} in ${arms.join(' ')} esac${redirects}`;
  }

  #assignment(): string {
    const name = this.#pick(NAMES);
    const value = this.#chance(0.6) ? this.#pick(VALUES) : this.#word();
    if (this.#depth === 0) this.#known.push(name);
    return `${name}=${value}`;
  }

  #words(min: number, max: number): string {
    return this.#many(min, max, () => this.#word()).join(' ');
  }

  #word(): string {
    const parts = this.#many(1, this.#chance(0.25) ? 3 : 1, () => this.#part());
    // Next to each other, `$x` and `a` would be another name.
    return parts.join('');
  }

  #part(): string {
    const choice = this.#below(11);
    if (choice === 10) return this.#expansions.number();
    if (choice < 3) return this.#pick(LITERALS);
    if (choice < 5) return this.#pick(GLOBS);
    if (choice < 9) return this.#variable() ?? this.#pick(LITERALS);
    return this.#deeper() ? this.#within(() => this.#substitution()) : 'deep';
  }

  #variable(): string | undefined {
    return this.#expansions.variable();
  }

  #substitution(): string {
    const inside = this.#list(1);
    if (inside.includes('<<')) return '$(echo h)';
    return this.#pick([
      `$( ${inside})`,
      `"$( ${inside})"`,
      `"a$( ${inside})b"`,
      `$( ${inside} | tr a-z A-Z)`,
    ]);
  }

  #closed(list: string): string {
    return list.endsWith('\n') ? list : `${list};`;
  }

  #within(make: () => string): string {
    this.#depth += 1;
    const text = make();
    this.#depth -= 1;
    return text;
  }

  #inLoop(make: () => string): string {
    this.#loops += 1;
    const text = make();
    this.#loops -= 1;
    return text;
  }

  #deeper(): boolean {
    return this.#depth < 3 && this.#size < 7;
  }

  #many<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.#below(max - min + 1) }, make);
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[this.#below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}
