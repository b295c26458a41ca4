import type { AndOr, Command, Pipeline, Redirect, Script, Simple, Word } from './ast.js';
import { printCondition } from './print-condition.js';
import { printWord as printParts } from './print-word.js';

/**
 * What runs, in one line. Parsing it gives the same script, offsets apart: a heredoc becomes a here-string, braces
 * are the words they made, a comment is gone. It can be longer than what was parsed.
 */
export function printScript(script: Script): string {
  return script.statements.map(printAndOr).join('; ');
}

function printAndOr({ first, rest }: AndOr): string {
  return (
    printPipeline(first) + rest.map((next) => ` ${next.operator} ${printPipeline(next.pipeline)}`).join('')
  );
}

function printPipeline({ negated, commands }: Pipeline): string {
  return (negated ? '! ' : '') + commands.map(printCommand).join(' | ');
}

function printCommand(command: Command): string {
  if (command.kind === 'simple') return printSimple(command);
  return [printCompound(command), ...command.redirects.map(printRedirect)].join(' ');
}

function printSimple({ assignments, words, redirects }: Simple): string {
  return [
    ...assignments.map(({ name, value }) => `${name}=${printWord(value)}`),
    ...words.map(printWord),
    ...redirects.map(printRedirect),
  ].join(' ');
}

function printCompound(command: Exclude<Command, Simple>): string {
  switch (command.kind) {
    case 'group': {
      const body = printScript(command.body);
      return command.subshell ? `( ${body} )` : `{ ${body}; }`;
    }
    case 'for': {
      const words = ['in', ...command.words.map(printWord)].join(' ');
      return `for ${command.variable} ${words}; do ${printScript(command.body)}; done`;
    }
    case 'while': {
      const word = command.until ? 'until' : 'while';
      return `${word} ${printScript(command.condition)}; do ${printScript(command.body)}; done`;
    }
    case 'if': {
      const branches = command.branches.map(
        ({ condition, body }) => `if ${printScript(condition)}; then ${printScript(body)}; `,
      );
      const otherwise = command.otherwise === undefined ? '' : `else ${printScript(command.otherwise)}; `;
      return `${branches.join('el')}${otherwise}fi`;
    }
    case 'test':
      return `[[ ${printCondition(command.condition, printWord)} ]]`;
    case 'case': {
      const arms = command.arms.map(({ patterns, body }) => {
        const inner = body.statements.length === 0 ? '' : `${printScript(body)} `;
        return ` ${patterns.map(printWord).join(' | ')}) ${inner};;`;
      });
      return `case ${printWord(command.subject)} in${arms.join('')} esac`;
    }
  }
}

function printRedirect(redirect: Redirect): string {
  switch (redirect.kind) {
    case 'duplicate':
      return `${redirect.fd === 1 ? '' : redirect.fd}>&${redirect.from}`;
    case 'text':
      return `${redirect.fd === 0 ? '' : redirect.fd}<<<${printHereString(redirect.text)}`;
    case 'file': {
      const { fd, mode, both, target } = redirect;
      const operator = { read: '<', write: '>', append: '>>' }[mode];
      const usual = fd === (mode === 'read' ? 0 : 1);
      return `${both ? '&' : usual ? '' : fd}${operator}${printWord(target)}`;
    }
  }
}

/** Without the line end that a here-string adds by itself. */
function printHereString(word: Word): string {
  const last = word.parts.at(-1);
  if (last?.kind !== 'text') return printWord(word);
  const text = last.text.slice(0, -1);
  const parts = text === '' ? word.parts.slice(0, -1) : [...word.parts.slice(0, -1), { ...last, text }];
  return parts.length === 0 ? "''" : printWord({ ...word, parts });
}

function printWord(word: Word): string {
  return printParts(word, printScript);
}
