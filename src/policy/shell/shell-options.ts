/** What `set` can switch here; all are off when a script starts. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly nounset: boolean;
  readonly pipefail: boolean;
}

export const noOptions: ShellOptions = { errexit: false, nounset: false, pipefail: false };

type Change = Partial<ShellOptions>;

const letters: Readonly<Record<string, keyof ShellOptions | undefined>> = { e: 'errexit', u: 'nounset' };

/** What `set ARGS` changes, or why it is not supported. */
export function parseSet(args: readonly string[]): Change | string {
  if (args.length === 0) return 'without an option it would list every variable';
  let change: Change = {};
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (!/^[-+][A-Za-z]/.test(word)) return 'positional parameters are not supported: only options are';
    const value = word.startsWith('-');
    for (const letter of word.slice(1)) {
      // It makes functions inherit a trap, and there are neither.
      if (letter === 'E') continue;
      if (letter === 'o') index += 1;
      const name = letter === 'o' ? nameOf(args[index]) : letters[letter];
      if (name === undefined) return 'only -e, -u and -o with errexit, nounset or pipefail are supported';
      change = { ...change, [name]: value };
    }
  }
  return change;
}

function nameOf(word: string | undefined): keyof ShellOptions | undefined {
  return word === 'errexit' || word === 'nounset' || word === 'pipefail' ? word : undefined;
}
