import { toVisibleLine } from '../base/visible-text.js';

const hints: Readonly<Record<string, string>> = {
  bash: 'call the program itself, without a shell',
  sh: 'call the program itself, without a shell',
  zsh: 'call the program itself, without a shell',
  eval: 'write the command itself',
  source: 'call the program itself',
  curl: 'the sandbox has no network',
  wget: 'the sandbox has no network',
  ssh: 'the sandbox has no network',
  perl: 'use node or python, or the edit_file tool',
};

/** Why a program that the policy does not list may not run, and what to do instead. */
export function explainUnlisted(policy: string, program: string): string {
  const hint = Object.hasOwn(hints, program) ? hints[program] : undefined;
  const why = `the policy "${policy}" does not allow "${toVisibleLine(program, 80)}"`;
  return hint === undefined ? why : `${why}: ${hint}`;
}
