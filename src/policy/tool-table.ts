/**
 * What a tool's arguments mean: data, written from the tool's own manual. A policy says which tools and sub-commands
 * may be used; what is denied then follows from the meanings, so that no spelling of a dangerous option is forgotten.
 */

/**
 * What an option takes.
 *   none     nothing
 *   text     a value that is no path and starts nothing
 *   read     a path that is read        write    a path that is written (created, changed or removed)
 *   program  a program or shell command that the tool starts
 *   denied   never allowed, whatever it takes (network, another repository, another user's rights)
 * A trailing `?`: the value is optional and only ever glued (`-uNAME`, `--color=WHEN`).
 */
export type ArgumentKind =
  | 'none'
  | 'text'
  | 'text?'
  | 'read'
  | 'read?'
  | 'write'
  | 'write?'
  | 'program'
  | 'program?'
  | 'denied'
  | 'denied?'
  /** `denied`, and the next word is its value. */
  | 'denied='
  /** A script of the tool's own language, checked by the checker that bears its name. */
  | 'sed-script'
  | 'awk-program';

export interface OptionMeaning {
  readonly takes: ArgumentKind;
  /** What the option does besides: it makes the operands be written, starts programs, or ends the options. */
  readonly makes?: 'operands-written' | 'starts-programs' | 'writes';
  /** The operands that it stands in for, e.g. grep's `-e` for the pattern: the first operand is then no pattern. */
  readonly replacesFirstOperand?: boolean;
  /** What its second value is, where it takes two words (jq's `--arg NAME VALUE`). */
  readonly second?: 'text' | 'read';
  /** The words after it are a program's own (`go test -args`). */
  readonly ends?: boolean;
  /** It removes what find finds. */
  readonly removes?: boolean;
  /** Together with one of these it is only read (tar's `-f` with `-t`). */
  readonly readsWith?: readonly string[];
  /** What its value must look like. */
  readonly pattern?: RegExp;
  /** The first operand is the name of a module, which the table's `modules` may judge. */
  readonly module?: boolean;
  /** The tool goes to its value, for what comes later among the arguments or for all of them. */
  readonly changesDirectory?: 'later' | 'all';
  /** Its value is looked up from where such an option before it has led. */
  readonly fromDirectory?: boolean;
  /** The words up to `;` or `{} +` are a command that is run with names appended (find's -exec). */
  readonly command?: boolean;
}

/** What an operand (an argument that is no option and no option's value) is. */
export type OperandKind =
  | 'text'
  | 'read'
  | 'write'
  /** As `write`, but never the workspace itself. */
  | 'removed'
  | 'denied'
  | 'sed-script'
  | 'awk-program'
  /** From here on a command with its own arguments (`env`, `timeout`, `xargs`): checked like any other. */
  | 'command'
  /** `NAME=value` words before a command (`env`): checked like an assignment. */
  | 'assignment';

export interface ToolTable {
  /** One line: what the tool is for. */
  readonly summary: string;
  /**
   * How options are spelled.
   *   gnu     `-abc` is a bundle, `-oVALUE` glues, `--long=VALUE`; options may follow operands; `--` ends them
   *   posix   as `gnu`, but the first operand ends the options (interpreters, `env`, `xargs`, `timeout`)
   *   words   an option is a whole word with any number of dashes (`-exec`, `-name`); nothing is bundled or glued
   */
  readonly style?: 'gnu' | 'posix' | 'words';
  /** A word with one dash is one option, never a bundle (npm, whose parser takes `-prefix` for `--prefix`). */
  readonly wholeShort?: boolean;
  /** `-name=value` is an option and its value (Go's flags). */
  readonly equalsValue?: boolean;
  /** A word that starts with a dash is never the value of the option before it, but the next option (yargs, cac, optionator). */
  readonly dashValues?: false;
  /** Options that are not listed are allowed: they are for a script of the workspace. A value after `=` is judged as a path that is written. */
  readonly otherOptions?: boolean;
  /** `@file` stands for the words in that file, which nobody has checked: denied. */
  readonly responseFiles?: boolean;
  /** With one of these options it only reads: its operands are read, and it `writes` nothing. */
  readonly readsOnlyWith?: readonly string[];
  /**
   * First operands after which the words are judged as those of another tool: `pip` in `python -m pip` (an option says
   * that the operand is a module), `cross-env` in `npx cross-env`. Only a tool that the policy lists.
   */
  readonly modules?: Readonly<Record<string, string>>;
  /** A first operand that looks otherwise needs the user's consent. */
  readonly askUnless?: RegExp;
  /** Long options may be shortened as long as they are unambiguous among those listed (getopt_long). Default true for `gnu` and `posix`. */
  readonly abbreviations?: boolean;
  /** `-20` for a number (head, tail, git log). */
  readonly numberOption?: boolean;
  /** No word is an option, whatever it starts with (`echo`, `test`). */
  readonly noOptions?: boolean;
  /** The first word may be a bundle without a dash, whose options take their values from the words after it (`tar xfC FILE DIR`). */
  readonly bundleFirst?: boolean;
  /** Key: every spelling, e.g. `-n, --lines`. Every option that the tool has belongs here: an unknown one is denied. */
  readonly options?: Readonly<Record<string, ArgumentKind | OptionMeaning>>;
  /** In order; the last one repeats. Default `['read']`; `[]`: none at all. */
  readonly operands?: readonly OperandKind[];
  /** What the operands must look like, in order; the last one repeats. */
  readonly operandPatterns?: readonly RegExp[];
  /** The last operand, when there are at least two, is this instead (cp, mv: `write`). */
  readonly lastOperand?: OperandKind;
  /**
   * With `when` but not `unless` all operands but the last, or all with `into`, are what symbolic links will hold:
   * a relative one is then followed from the link's own directory. The names are options.
   */
  readonly linkTargets?: { readonly when: string; readonly unless: string; readonly into: string };
  /** At most so many operands. */
  readonly maxOperands?: number;
  /** Words that are operands although they start with `-`, or are operators (`test`: `=`, `-f`; `find`: `!`, `(`). */
  readonly literalWords?: readonly string[];
  /** First argument → what follows it. A tool with sub-commands takes no other first argument. */
  readonly subcommands?: Readonly<Record<string, ToolTable>>;
  /** What a first argument means that is none of these but looks like this. */
  readonly otherSubcommands?: { readonly pattern: RegExp; readonly table: ToolTable };
  /** Options that may stand before the sub-command (`git --no-pager`). */
  readonly leadingOptions?: Readonly<Record<string, ArgumentKind | OptionMeaning>>;
  /**
   * It reads more arguments for the nested command than are written (xargs). The interpreter does that itself and asks
   * for each command once its words are known; so it is never started as a program, nor by another.
   */
  readonly readsArguments?: boolean;
  /** Words put right after the (sub-)command when it runs. */
  readonly insert?: readonly string[];
  /** Set whenever it runs. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * It uses the git repository that it finds, whose settings can name programs: they are replaced before it starts.
   * A sub-command's own word counts for it.
   */
  readonly usesRepository?: boolean;
  /** It runs code of the workspace or of its arguments (an interpreter, a build tool): said to the user. */
  readonly startsPrograms?: boolean;
  /** It writes in the workspace by its nature, whatever its arguments (`git commit`, `npm install`). */
  readonly writes?: boolean;
}
