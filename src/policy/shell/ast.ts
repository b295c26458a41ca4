/**
 * A script of the bash subset, as parsed. The tool proxy runs exactly this, so the grammar is the semantics.
 * Every `offset` counts UTF-16 units from the start of the text.
 */
export interface Script {
  readonly kind: 'script';
  /** Run one after the other (`;` or a line end between them). */
  readonly statements: readonly AndOr[];
}

/** `a && b || c`, left to right. */
export interface AndOr {
  readonly kind: 'and-or';
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export interface Pipeline {
  readonly kind: 'pipeline';
  /** `! a | b`: the exit status is inverted. */
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export type Command = Simple | Group | For | While | If | Case | Test;

export interface Simple {
  readonly kind: 'simple';
  /** `NAME=value` before the program; without a program they set variables of the script. */
  readonly assignments: readonly Assignment[];
  /** Program and arguments; braces are expanded already. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

/** `{ …; }`, or with `subshell` `( … )`, whose variables and directory end with it. */
export interface Group {
  readonly kind: 'group';
  readonly subshell: boolean;
  readonly body: Script;
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

export interface For {
  readonly kind: 'for';
  readonly variable: string;
  readonly words: readonly Word[];
  readonly body: Script;
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

export interface While {
  readonly kind: 'while';
  readonly until: boolean;
  readonly condition: Script;
  readonly body: Script;
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

export interface If {
  readonly kind: 'if';
  /** `if` and every `elif`. */
  readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
  readonly otherwise?: Script;
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

export interface Case {
  readonly kind: 'case';
  readonly subject: Word;
  /** Each ends with `;;`. */
  readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: Script }[];
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

/** `[[ … ]]` */
export interface Test {
  readonly kind: 'test';
  readonly condition: Condition;
  readonly redirects: readonly Redirect[];
  readonly offset: number;
}

/** Its words are neither split nor matched against file names. */
export type Condition =
  | { readonly kind: 'file'; readonly operator: FileOperator; readonly operand: Word }
  /** A word alone is one with `-n`. */
  | { readonly kind: 'text'; readonly operator: '-n' | '-z'; readonly operand: Word }
  /** `==`, `=` or, negated, `!=`. */
  | { readonly kind: 'match'; readonly negated: boolean; readonly left: Word; readonly pattern: Word }
  /** Of decimal numbers; an empty text is 0. */
  | {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Word;
      readonly right: Word;
    }
  | { readonly kind: 'not' | 'group'; readonly inner: Condition }
  /** Two at least; later ones are only looked at when they count. */
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] };

export type FileOperator = '-e' | '-f' | '-d' | '-L' | '-s' | '-r' | '-w' | '-x';
export type CompareOperator = '-eq' | '-ne' | '-lt' | '-le' | '-gt' | '-ge';

export interface Assignment {
  readonly name: string;
  /** Neither split nor globbed. */
  readonly value: Word;
  readonly offset: number;
}

export type Redirect =
  /** `n<`, `n>`, `n>>`, `n>|`; with `both` `&>` and `&>>`, which take 1 and 2. */
  | {
      readonly kind: 'file';
      readonly fd: number;
      readonly mode: 'read' | 'write' | 'append';
      readonly both: boolean;
      readonly target: Word;
      readonly offset: number;
    }
  /** `n>&m`, `n<&m`; fds 0 to 2. */
  | { readonly kind: 'duplicate'; readonly fd: number; readonly from: number; readonly offset: number }
  /** A heredoc or here-string: the word's text, ending as it is given to the program. */
  | { readonly kind: 'text'; readonly fd: number; readonly text: Word; readonly offset: number };

/** One word; its parts stand next to each other. No part at all is the empty word `''`. */
export interface Word {
  readonly parts: readonly WordPart[];
  readonly offset: number;
}

export type WordPart =
  /** Literal text; unquoted text holds no active glob character. `quoted` matters for `''` and for patterns. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** An active `*`, `?` or bracket expression such as `[a-z]` or `[!0-9]`, as written. */
  | { readonly kind: 'glob'; readonly pattern: string }
  /** `$NAME`, `${NAME}`; `?` is the last exit status. Unquoted, its value is split and globbed. */
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly offset: number }
  /** `$(…)` or backticks: output without its trailing line ends. */
  | {
      readonly kind: 'substitution';
      readonly script: Script;
      readonly quoted: boolean;
      readonly offset: number;
    }
  /** `$((…))`: the value's decimal digits. */
  | {
      readonly kind: 'arithmetic';
      readonly expression: Arithmetic;
      readonly quoted: boolean;
      readonly offset: number;
    }
  /** `${NAME:-word}` and its like; `length` is `${#NAME}`, in characters, and has no word. */
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly operator: 'length' | ParameterOperator;
      /** A pattern for the operators that cut, else what may stand for the value; its variables are simple ones. */
      readonly word: readonly SimplePart[];
      readonly quoted: boolean;
      readonly offset: number;
    };

/** The `:` ones take an empty value for none; `#` and `%` cut the shortest match off the start or the end. */
export type ParameterOperator = ':-' | '-' | ':+' | '+' | '##' | '#' | '%%' | '%';

export type SimplePart = Extract<WordPart, { readonly kind: 'text' | 'glob' | 'variable' }>;

/** An expression over signed 64-bit integers, which wrap around. */
export type Arithmetic =
  | { readonly kind: 'number'; readonly digits: string }
  /** `NAME` or, with `dollar`, `$NAME`; its value must be a decimal number, or nothing. */
  | { readonly kind: 'name'; readonly name: string; readonly dollar: boolean; readonly offset: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Arithmetic }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Arithmetic;
      readonly right: Arithmetic;
    }
  | {
      readonly kind: 'choice';
      readonly condition: Arithmetic;
      readonly then: Arithmetic;
      readonly otherwise: Arithmetic;
    }
  /** Parentheses. */
  | { readonly kind: 'group'; readonly inner: Arithmetic };

export type BinaryOperator = ArithmeticOperator | '&&' | '||';

/** Operators of which both sides are always evaluated. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '<' | '>' | '<=' | '>=' | '==' | '!=';
