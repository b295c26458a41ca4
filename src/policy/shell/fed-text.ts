import type { WorkspacePath } from '../../base/workspace-path.js';
import { UNKNOWN, type Value } from '../value.js';
import type { Command, Simple } from './ast.js';
import { foldCommand } from './fold-command.js';
import { literalText } from './literal-text.js';
import { parseRead } from './read-arguments.js';

/**
 * What a command's standard input says, as far as the script's text tells; undefined when it does not. What it says
 * without the command's own redirections stays in it: adding one must not make a command look more harmless.
 */
export function inputOf(command: Command, around: string | undefined): string | undefined {
  if (command.redirects.length === 0) return around;
  const own = command.redirects.map((redirect) =>
    redirect.kind === 'text' ? literalText(redirect.text) : undefined,
  );
  const texts = [around, ...own].filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join('\n');
}

/** What a command of a pipeline hands to the next one. */
export function outputOf(
  command: Command,
  around: string | undefined,
  cwd: WorkspacePath,
): string | undefined {
  if (command.kind !== 'simple') return undefined;
  const [program, ...args] = command.words;
  const copies = args.length === 0 && program !== undefined && literalText(program) === 'cat';
  return copies ? inputOf(command, around) : foldCommand(command, cwd);
}

export interface ReadVariables {
  readonly names: readonly string[];
  /** Unknown, and what the text at its input could make of them. */
  readonly values: readonly Value[];
}

/** What a `read` sets; undefined for any other command. */
export function readVariables(command: Simple, text: string | undefined): ReadVariables | undefined {
  const [program, ...words] = command.words;
  if (program === undefined || literalText(program) !== 'read') return undefined;
  const args = words.map(literalText);
  if (!args.every((arg) => arg !== undefined)) return undefined;
  const parsed = parseRead(args);
  if (typeof parsed === 'string') return undefined;
  const separators = command.assignments.map(({ value }) => literalText(value) ?? '').join('');
  const values = text === undefined ? [] : piecesOf(text, separators);
  return { names: parsed.names.length === 0 ? ['REPLY'] : parsed.names, values: [UNKNOWN, ...values] };
}

/** More than it surely becomes: each line, and each stretch between what might part them. */
function piecesOf(text: string, separators: string): readonly string[] {
  const lines = [text, text.replaceAll('\\', '')].flatMap((each) => each.split(/[\n\0]/));
  const words = lines.flatMap((line) => splitAt(line, `${separators} \t`));
  return [...new Set([...lines, ...words])].filter((piece) => piece !== '');
}

function splitAt(line: string, separators: string): readonly string[] {
  let word = '';
  const words: string[] = [];
  for (const char of line) {
    if (separators.includes(char)) {
      words.push(word);
      word = '';
    } else word += char;
  }
  return [...words, word];
}
