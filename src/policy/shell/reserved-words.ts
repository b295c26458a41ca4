/** Words that bash gives a meaning at the start of a command. */
export const reservedWords: ReadonlySet<string> = new Set([
  ...['!', '[[', ']]', '{', '}', 'case', 'coproc', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for'],
  ...['function', 'if', 'in', 'select', 'then', 'time', 'until', 'while'],
]);
