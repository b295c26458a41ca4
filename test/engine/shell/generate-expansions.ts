import type { Pick } from './generate-xargs.js';
import { FILES, PATTERNS } from './program-parts.js';

const NUMBERS = ['0', '1', '2', '7', '10', '-3', '9223372036854775807', '-9223372036854775808', '4294967296'];
const COUNTERS = ['num', 'cnt'];

const TRIMS = [
  '*',
  '?',
  '*.',
  '.*',
  'a*',
  '*a',
  '[ab]',
  '[!a]*',
  '* ',
  ' *',
  '.txt',
  'd*/',
  '/*',
  'é',
  '*[[:alpha:]]',
  '',
];
const DEFAULTS = ['a', 'a b', ' a', 'b.txt', '-n', 'a,b', '#', '', 'é', 'k=v', ':', '1'];

/** Words and tests that read variables: `known` are those that surely have a value. */
export class ExpansionGenerator {
  readonly #pick: Pick;
  readonly #below: (end: number) => number;
  readonly #known: readonly string[];

  constructor(pick: Pick, below: (end: number) => number, known: readonly string[]) {
    this.#pick = pick;
    this.#below = below;
    this.#known = known;
  }

  /** Always numbers: with other values bash would go on where our interpreter stops. */
  counters(): string {
    return COUNTERS.map((name) => `${name}=${this.#pick(NUMBERS)}`).join('; ');
  }

  count(): string {
    return `${this.#pick(COUNTERS)}=${this.#arithmetic()}`;
  }

  number(): string {
    return this.#pick([this.#arithmetic(), `"a${this.#arithmetic()}b"`]);
  }

  variable(): string | undefined {
    if (this.#below(10) === 0) return this.#pick(['$?', '"$?"']);
    if (this.#known.length === 0) return undefined;
    const name = this.#pick(this.#known);
    if (this.#below(3) === 0) return this.#parameter(name);
    return this.#pick([`"$${name}"`, `\${${name}}`, `"\${${name}}"`, `"a$${name}"`, `\${${name}}`]);
  }

  test(): string {
    return `[[ ${this.#condition(2)} ]]`;
  }

  #condition(depth: number): string {
    const inner = () => this.#condition(depth - 1);
    switch (depth === 0 ? this.#below(5) : this.#below(9)) {
      case 0:
        return `-${this.#pick([...'efdLsrwx'])} ${this.#pick([...FILES, this.#operand()])}`;
      case 1:
        return `${this.#pick(['-n ', '-z ', ''])}${this.#operand()}`;
      case 2:
      case 3: {
        const pattern = this.#pick([...PATTERNS, this.#operand()]);
        return `${this.#operand()} ${this.#pick(['==', '=', '!='])} ${pattern}`;
      }
      case 4: {
        const number = () => this.#pick([...NUMBERS, ...COUNTERS.map((name) => `$${name}`), '$?', '""']);
        return `${number()} ${this.#pick(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])} ${number()}`;
      }
      case 5:
        return `! ${inner()}`;
      case 6:
        return `( ${inner()} )`;
      default:
        return `${inner()} ${this.#pick(['&&', '||'])} ${inner()}`;
    }
  }

  #operand(): string {
    const choice = this.#below(4);
    if (choice === 0)
      return this.#pick(['a', "'a b'", '""', 'a.txt', '*', '"*"', 'é', '{a,b}', '[ab]', '\\*', '1']);
    if (choice === 1) return this.#arithmetic();
    return this.variable() ?? 'a';
  }

  #parameter(name: string): string {
    const other = this.#pick(this.#known);
    switch (this.#below(6)) {
      case 0:
        return this.#pick([`\${#${name}}`, `"\${#${name}}"`]);
      case 1: {
        const pattern = this.#pick(TRIMS) + this.#pick(['', '', '', `$${other}`]);
        const cut = name + this.#pick(['#', '##', '%', '%%']);
        return this.#pick([`\${${cut}${pattern}}`, `"\${${cut}${pattern}}"`, `\${${cut}"$${other}"}`]);
      }
      default: {
        const head = name + this.#pick([':-', '-', ':+', '+']);
        const text = this.#pick(DEFAULTS) + this.#pick(['', '', `$${other}`, `\${${other}}b`]);
        return this.#pick([
          `\${${head}${text}}`,
          `"\${${head}${text}}"`,
          `a\${${head}${text}}b`,
          `\${${head}"${text}"}`,
          `\${${head}'a  b'$${other} c}`,
          `"\${${head}(*) ${text}}"`,
        ]);
      }
    }
  }

  #arithmetic(): string {
    return `$((${this.#expression(3)}))`;
  }

  /** Divides by what is not zero only: bash would go on with the next line. */
  #expression(depth: number): string {
    const choice = depth === 0 ? this.#below(3) : this.#below(8);
    const inner = () => this.#expression(depth - 1);
    const blank = this.#pick(['', ' ']);
    switch (choice) {
      case 0:
        return this.#pick(NUMBERS.filter((number) => !number.startsWith('-')));
      case 1:
        return this.#pick(COUNTERS);
      case 2:
        return `$${this.#pick(COUNTERS)}`;
      case 3:
        return `${inner()}${blank}${this.#pick(['/', '%'])}${blank}${this.#pick(['1', '3', '-1', '(-7)'])}`;
      case 4:
        return `${this.#pick(['-', '!', '- ', '! '])}(${inner()})`;
      case 5:
        return `(${inner()})`;
      case 6:
        return `${inner()}${blank}?${blank}${inner()} : ${inner()}`;
      default:
        return `${inner()} ${this.#pick(['+', '-', '*', '<', '>', '<=', '>=', '==', '!=', '&&', '||'])} ${inner()}`;
    }
  }
}
