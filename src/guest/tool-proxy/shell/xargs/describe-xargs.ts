/** What `--help` and `--version` say. */
export const descriptions = {
  help: `Usage: xargs [OPTION]... COMMAND [INITIAL-ARGS]...
Runs COMMAND with INITIAL-ARGS and more arguments read from standard input. Each command is judged
by the policy before it starts. Options, as in GNU xargs: -0 -a FILE -d CHARACTER -E END -I R -L N
-n N -P N -r -s N -t -x
`,
  version: 'xargs (of Airlock; as GNU findutils 4.9.0)\n',
} as const;

/** A command line as `-t` shows it. */
export function showCommand(argv: readonly string[]): string {
  return argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
