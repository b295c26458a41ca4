import type * as z from 'zod';
import type { writeFileInput } from '../../../protocol/tools.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { confine } from '../files/confine.js';
import { writeBytes } from '../files/write-text.js';

export function writeFile(run: ToolRun, input: z.output<typeof writeFileInput>): ToolAnswer {
  const path = confine(run.context.workspace, input.path);
  if (path === '') return { ok: false, text: 'the path names the workspace itself, not a file' };
  const bytes = Buffer.from(input.content);
  writeBytes(run.context.workspace, path, bytes);
  return { ok: true, text: `wrote ${bytes.length} bytes to ${path}` };
}
