import type { WorkspacePath } from '../base/workspace-path.js';
import type { Reading, ReadOption } from './read-options.js';
import { resolvePath } from './resolve-path.js';
import type { ToolTable } from './tool-table.js';
import { exampleOf } from './value.js';

/** Where the value of the option at `index` is looked up. */
export function placeOfOption({ options }: Reading, index: number, cwd: WorkspacePath): WorkspacePath {
  if (!options.some(moves)) return cwd;
  const { option } = options[index] ?? {};
  // Each change of directory goes on from the one before.
  if (option?.changesDirectory !== undefined) return follow(changing(options.slice(0, index)), cwd);
  const { fromDirectory = false } = option ?? {};
  return follow(applying(options, fromDirectory ? index : 0), cwd);
}

/** From where the operand at `index` is looked up: more than one place, when it is not known which it will be. */
export function placesOfOperand(
  table: ToolTable,
  reading: Reading,
  index: number,
  cwd: WorkspacePath,
): readonly WorkspacePath[] {
  if (table.linkTargets !== undefined && isLinkTarget(table.linkTargets, reading, index))
    return placesOfLink(table.linkTargets, reading, cwd);
  if (!reading.options.some(moves)) return [cwd];
  return [follow(applying(reading.options, reading.optionsBefore[index] ?? 0), cwd)];
}

function applying(options: readonly ReadOption[], before: number): readonly ReadOption[] {
  const later = changing(options.slice(0, before));
  const all = changing(options).filter(({ option }) => option.changesDirectory === 'all');
  return [...new Set([...later, ...all])];
}

function changing(options: readonly ReadOption[]): readonly ReadOption[] {
  return options.filter(moves);
}

function moves({ option }: ReadOption): boolean {
  return option.changesDirectory !== undefined;
}

function follow(options: readonly ReadOption[], cwd: WorkspacePath): WorkspacePath {
  return options.reduce((place, { value }) => {
    // One that leaves the workspace is refused by itself.
    return value === undefined ? place : (resolvePath(exampleOf(value), place) ?? place);
  }, cwd);
}

type LinkTargets = NonNullable<ToolTable['linkTargets']>;

/** Without the option that makes the tool turn it round, a relative target is written into the link as it is. */
function isLinkTarget(names: LinkTargets, reading: Reading, index: number): boolean {
  if (!has(reading, names.when) || has(reading, names.unless)) return false;
  return lastValueOf(reading, names.into) !== undefined || index === 0 || index < reading.operands.length - 1;
}

/** A relative target is followed from the directory that the link is in. */
function placesOfLink(names: LinkTargets, reading: Reading, cwd: WorkspacePath): readonly WorkspacePath[] {
  const into = lastValueOf(reading, names.into);
  if (into !== undefined) return [resolvePath(into, cwd) ?? cwd];
  const { operands } = reading;
  if (operands.length < 2) return [cwd];
  const last = exampleOf(operands.at(-1) ?? '');
  const link = resolvePath(last, cwd) ?? cwd;
  // The link itself, or a directory that the link is put into.
  if (link === '' || operands.length > 2 || /(?:^|\/)\.{0,2}$/.test(last)) return [link];
  const above = link.includes('/') ? link.slice(0, link.lastIndexOf('/')) : '';
  return [above, link];
}

function has({ options }: Reading, name: string): boolean {
  return options.some(({ option }) => option.spellings.includes(name));
}

function lastValueOf({ options }: Reading, name: string): string | undefined {
  const value = options.findLast(({ option }) => option.spellings.includes(name))?.value;
  return value === undefined ? undefined : exampleOf(value);
}
