/** Thrown by the readers and caught by `parseScript` alone; no Error, because nobody looks at its stack. */
export class Refusal {
  constructor(
    readonly construct: string,
    readonly reason: string,
    readonly offset: number,
  ) {}
}

const QUOTE = 'put it in single quotes if it is meant literally';
const VALUE = 'set a variable in the script and use `$NAME`';

/** What is recognised and not supported. */
const unsupported = {
  background: 'running in the background (`&`) is not supported: run it in the foreground',
  function: 'a function is not supported: write its commands where they are needed',
  'extended test': '`[[` needs a blank behind it',
  'test operator':
    'only -e -f -d -L -s -r -w -x -n -z, == != and -eq -ne -lt -le -gt -ge are supported in `[[ … ]]`: use `grep`, or `case`',
  'test number': '-eq and its like compare decimal numbers only: use == for text, and `$NAME` for a variable',
  arithmetic: `\`((…))\` and \`$[…]\` are not supported: use \`$((…))\` or \`[ … ]\`; for two subshells put a space between \`(\` and \`(\``,
  'arithmetic expression': `only decimal numbers, variables, \`+ - * / %\`, comparisons, \`&& || ! ? :\` and parentheses are supported in \`$((…))\`, in one line: assign on its own, or put a space between \`$(\` and \`(\` for a subshell`,
  'process substitution':
    'a process substitution (`<(…)`, `>(…)`) is not supported: write the output to a file in the workspace',
  select: '`select` is not supported: use `for`',
  coproc: '`coproc` is not supported: use a pipe',
  time: '`time` is not supported: run the command without it',
  'array assignment': `an array is not supported: ${VALUE}`,
  'appending assignment': '`NAME+=value` is not supported: write `NAME=$NAME…`',
  'special parameter':
    'a special or positional parameter (`$1`, `$@`, `$$`, `$_`, …) is not supported: only `$NAME` and `$?` are',
  'parameter expansion': `only \`$NAME\`, \`\${NAME}\`, \`$?\`, \`\${#NAME}\` and \`\${NAME…}\` with :- - :+ + # ## % %% are supported: ${VALUE}, or ${QUOTE}`,
  'parameter word': `inside \`\${NAME…}\` only plain text, simple variables and, behind # and %, patterns are supported: ${VALUE}`,
  'locale quote': '`$"…"` is not supported: use "…"',
  'ansi-c escape':
    "this escape in `$'…'` is not supported: use \\n, \\t, \\\\, \\', \\xHH below 80, or \\uHHHH",
  'lone dollar': 'a `$` right before a backslash or a backtick is not supported: put it in single quotes',
  tilde: 'a home directory (`~`) is not supported: use a path in the workspace, or quote it',
  'bracket expression':
    'a bracket expression (`[…]`) beside a quote, backslash, slash or expansion is not supported: quote the brackets',
  'brace expansion': 'these braces are not supported: write the words out, or quote them',
  'brace in redirection': 'braces in the target of a redirection are not supported: write the file out',
  'glob in redirection': 'a glob in the target of a redirection is not supported: write the file out',
  'file descriptor': 'only the file descriptors 0, 1 and 2 are supported',
  'ambiguous redirection':
    '`>&` and `<&` are supported with 0, 1 or 2 behind them: use `&> file` for output and errors',
  'read-write redirection': '`<>` is not supported: use `<` or `>`',
  'heredoc delimiter':
    "this heredoc delimiter is not supported: use a plain word, such as EOF or 'EOF', on a line of its own at the end",
  'heredoc across lines':
    'a line end inside a substitution before the heredoc of the same line is not supported: put the heredoc last',
  'fallthrough arm': '`;&` and `;;&` are not supported: end the arm with `;;`',
  'for without in': '`for` without `in …` is not supported: list the words',
  'arithmetic for': '`for ((…))` is not supported: use `for NAME in {1..9}`',
  'line continuation': 'a joined line inside an expansion is not supported: write it in one line',
  'reserved word': `a reserved word stands where a command's name is expected: quote it`,
} as const;

const malformed = {
  nul: 'a NUL character cannot be in a command',
  surrogate: 'half of a surrogate pair cannot be given to a program: remove it',
  'carriage return': 'a carriage return outside quotes is not supported: use LF line ends, or quote it',
  'control character': 'a control character outside quotes is not supported: quote it, or remove it',
  empty: 'the command is empty',
  'empty substitution': 'a command substitution without a command is not supported: remove it',
  'trailing backslash': 'the command ends in a backslash',
  'single quote': "a single quote (`'`) is not closed",
  'double quote': 'a double quote (`"`) is not closed',
  backtick: 'a backtick is not closed',
  substitution: 'a command substitution (`$(`) is not closed',
  heredoc: 'a heredoc does not end: its delimiter is missing on a line of its own',
  'closing parenthesis': 'an unquoted `)` stands alone: remove it, or quote it',
  parenthesis: 'an unquoted `(` is not supported here: quote it',
} as const;

const reasons = { ...unsupported, ...malformed };
export type Construct = keyof typeof reasons;

export function refuse(construct: Construct, offset: number): never {
  throw new Refusal(construct, reasons[construct], offset);
}

/** For what a table cannot say. */
export function refuseWith(construct: string, reason: string, offset: number): never {
  throw new Refusal(construct, reason, offset);
}

export function refuseLimit(reason: string, offset: number): never {
  throw new Refusal('limit', reason, offset);
}
