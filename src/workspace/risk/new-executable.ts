import type { Change } from '../changes.js';
import type { Risk } from './risk.js';

/** A file that becomes one that can be started: what is not a program yet should not become one unnoticed. */
export function newExecutable({ before, after }: Change): Risk | undefined {
  const isProgram = after.kind === 'file' && (after.mode & 0o111) !== 0;
  const wasProgram = before.kind === 'file' && (before.mode & 0o111) !== 0;
  if (!isProgram || wasProgram) return undefined;
  return { rule: 'new-executable', reason: 'it becomes a program that can be started' };
}
