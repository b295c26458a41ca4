import { toVisibleLine } from '../base/visible-text.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { compileTable } from './compile-table.js';
import type { Decision } from './decision.js';
import { planWords } from './plan-program.js';
import type { Policy } from './policy.js';
import { readOptions } from './read-options.js';
import { resolvePath } from './resolve-path.js';
import { denyScript } from './script-decisions.js';
import type { Command } from './shell/ast.js';
import { foldCommand } from './shell/fold-command.js';
import { literalText } from './shell/literal-text.js';
import { xargs } from './tools/xargs.js';
import { readSettings } from './xargs-settings.js';

/**
 * `echo PATH | xargs cat`: decides the words that xargs makes of a text that is known beforehand, if they may not be.
 * What it reads otherwise is decided when it has been read.
 */
export function refuseFed(
  policy: Policy,
  before: Command,
  command: Command,
  cwd: WorkspacePath,
): Decision | undefined {
  if (policy.anyCommand || command.kind !== 'simple') return undefined;
  const [name, ...args] = command.words.map(literalText);
  if (name !== 'xargs') return undefined;
  const items = foldCommand(before, cwd)?.split(/[\s\0]+/);
  if (items === undefined) return undefined;
  const bad = items.find((word) => word.startsWith('-') || resolvePath(word, cwd) === undefined);
  if (bad !== undefined) return denyScript('xargs.path', `xargs would be given "${toVisibleLine(bad, 80)}"`);
  return args.every((arg) => arg !== undefined) ? refuseItems(policy, args, items, cwd) : undefined;
}

function refuseItems(
  policy: Policy,
  args: readonly string[],
  items: readonly string[],
  cwd: WorkspacePath,
): Decision | undefined {
  const reading = readOptions(compileTable(xargs), args);
  if (!reading.ok) return undefined;
  const read = readSettings(reading.options);
  if (!read.ok) return undefined;
  const { replace } = read.settings;
  const command = args.slice(reading.firstOperand);
  const words = items.map((item) => item.replaceAll(/["'\\]/g, '')).filter((item) => item !== '');
  if (command.length === 0 || words.length === 0) return undefined;
  const lines =
    replace === undefined
      ? [words, ...words.map((word) => [word])].map((some) => [...command, ...some])
      : words.map((word) => command.map((part) => (replace === '' ? part : part.replaceAll(replace, word))));
  return lines
    .map((line) => planWords(policy, line, {}, cwd).decision)
    .find(({ decision }) => decision === 'deny');
}
