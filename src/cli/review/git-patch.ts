import { decodeText } from '../../workspace/hunks/split-lines.js';
import { type DescribePart, quoteName, unifiedDiff } from '../../workspace/hunks/unified-diff.js';
import { binaryPatch } from './binary-patch.js';
import { bytesOf, gitMode, type PatchSide } from './patch-side.js';

export interface PatchOptions {
  /** Binary files as `git apply` takes them, and not only named. */
  readonly binary?: boolean;
  readonly describePart?: DescribePart | undefined;
}

/** A change as `git diff` prints it: what git apply and patch -p1 read. Nothing when git sees no difference. */
export function renderPatch(
  path: string,
  before: PatchSide,
  after: PatchSide,
  options: PatchOptions = {},
): string {
  // A file that becomes a link is to git one that goes and another that comes.
  if (before.kind !== 'absent' && after.kind !== 'absent' && before.kind !== after.kind)
    return `${renderPatch(path, before, { kind: 'absent' }, options)}${renderPatch(path, { kind: 'absent' }, after, options)}`;
  const modes = describeModes(before, after);
  const body = describeContent(path, before, after, options);
  if (modes === '' && body === '') return '';
  return `diff --git ${quoteName(`a/${path}`)} ${quoteName(`b/${path}`)}\n${modes}${body}`;
}

function describeModes(before: PatchSide, after: PatchSide): string {
  const [old, later] = [gitMode(before), gitMode(after)];
  if (old === later) return '';
  if (old === undefined) return `new file mode ${later}\n`;
  if (later === undefined) return `deleted file mode ${old}\n`;
  return `old mode ${old}\nnew mode ${later}\n`;
}

function describeContent(
  path: string,
  before: PatchSide,
  after: PatchSide,
  { binary, describePart }: PatchOptions,
): string {
  const [old, later] = [bytesOf(before), bytesOf(after)];
  if (Buffer.compare(old, later) === 0) return '';
  const [oldText, newText] = [decodeText(old), decodeText(later)];
  if (oldText === undefined || newText === undefined) {
    if (binary === true) return binaryPatch(before, after);
    return `Binary files ${nameOf('a', path, before)} and ${nameOf('b', path, after)} differ\n`;
  }
  const isThere = (side: PatchSide, text: string) => (side.kind === 'absent' ? undefined : text);
  return unifiedDiff(path, isThere(before, oldText), isThere(after, newText), undefined, describePart);
}

function nameOf(prefix: string, path: string, side: PatchSide): string {
  return side.kind === 'absent' ? '/dev/null' : quoteName(`${prefix}/${path}`);
}
