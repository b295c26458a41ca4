import { readSync } from 'node:fs';
import type * as z from 'zod';
import { limits } from '../../../protocol/limits.js';
import type { readFileInput } from '../../../protocol/tools.js';
import { unfinishedLength } from '../../process/utf8-splitter.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { confine } from '../files/confine.js';
import { readBytes, requireText, withFile } from '../files/text.js';

const NEWLINE = 10;
const CHUNK = 256 * 1024;
/** How far into a file lines are counted, bytes. */
const SCAN_BYTES = 1024 * 1024 * 1024;

/** The file's text, or the lines asked for; at most `limits.toolFileBytes` of it. */
export function readFile(run: ToolRun, input: z.output<typeof readFileInput>): ToolAnswer {
  const path = confine(run.context.workspace, input.path);
  return withFile(run.context.workspace, path, (fd, size) => {
    const { offset = 1, limit } = input;
    const start = findLine(fd, offset);
    if (start === undefined) return { ok: false, text: `${input.path} has fewer than ${offset} lines` };
    const bytes = takeLines(readBytes(fd, limits.toolFileBytes + 1, start), limit);
    const whole = bytes.length <= limits.toolFileBytes;
    const shown = whole ? bytes : trim(bytes.subarray(0, limits.toolFileBytes));
    requireText(input.path, shown, size);
    const note = whole ? '' : `\n[airlock: the file has ${size} bytes; read on with offset and limit]\n`;
    return { ok: true, text: shown.toString('utf8') + note };
  });
}

function trim(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - unfinishedLength(bytes));
}

function takeLines(bytes: Buffer, count: number | undefined): Buffer {
  if (count === undefined) return bytes;
  let end = 0;
  for (let line = 0; line < count; line += 1) {
    const newline = bytes.indexOf(NEWLINE, end);
    if (newline < 0) return bytes;
    end = newline + 1;
  }
  return bytes.subarray(0, end);
}

/** Where line `number` (from 1) starts; `undefined` when the file ends before. */
function findLine(fd: number, number: number): number | undefined {
  if (number === 1) return 0;
  const chunk = Buffer.allocUnsafe(CHUNK);
  let left = number - 1;
  for (let position = 0; position < SCAN_BYTES; ) {
    const size = readSync(fd, chunk, 0, CHUNK, position);
    if (size === 0) return undefined;
    for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < size; at = chunk.indexOf(NEWLINE, at + 1)) {
      left -= 1;
      if (left === 0) return position + at + 1;
    }
    position += size;
  }
  return undefined;
}
