import type * as z from 'zod';
import { limits } from '../../../protocol/limits.js';
import type { editFileInput } from '../../../protocol/tools.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { confine } from '../files/confine.js';
import { readText } from '../files/text.js';
import { writeBytes } from '../files/write-text.js';

type Edit = z.output<typeof editFileInput>['edits'][number];
type Edited = { ok: true; text: string; count: number } | { ok: false; why: string };

/** Applies the edits in order, all or none. */
export function editFile(run: ToolRun, input: z.output<typeof editFileInput>): ToolAnswer {
  const root = run.context.workspace;
  const path = confine(root, input.path);
  let text = readText(root, path);
  let total = 0;
  for (const [index, edit] of input.edits.entries()) {
    const edited = applyEdit(text, edit);
    if (!edited.ok)
      return {
        ok: false,
        text: `edit ${index + 1} of ${input.edits.length}: ${edited.why}; ${path} was not changed`,
      };
    text = edited.text;
    total += edited.count;
  }
  writeBytes(root, path, Buffer.from(text));
  return { ok: true, text: `edited ${path}: ${total} replacement${total === 1 ? '' : 's'}` };
}

function applyEdit(text: string, edit: Edit): Edited {
  const count = countMatches(text, edit.old);
  if (count === 0) return { ok: false, why: 'the old text does not occur in the file' };
  if (count > 1 && edit.all !== true) {
    return { ok: false, why: `the old text occurs ${count} times; make it unique or set "all"` };
  }
  if (text.length + count * (edit.new.length - edit.old.length) > limits.toolFileBytes) {
    return { ok: false, why: `the file would become larger than ${limits.toolFileBytes} bytes` };
  }
  return { ok: true, text: text.split(edit.old).join(edit.new), count };
}

function countMatches(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
