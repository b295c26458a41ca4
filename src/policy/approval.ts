import type { WorkspacePath } from '../base/workspace-path.js';
import type { ProgramCall } from './plan-program.js';

/** A remembered consent: which programs, with which words, may run without a question. It never lifts a denial. */
export interface Approval {
  /** The directory it holds in, below the workspace root: `./build.sh` is another program elsewhere. */
  readonly cwd: WorkspacePath;
  /** Exactly these are set before the program. */
  readonly assignments: Readonly<Record<string, string>>;
  /** The program first, as it is called. */
  readonly words: readonly ApprovalWord[];
}

export type ApprovalWord =
  | { readonly kind: 'text'; readonly text: string }
  /** `*`: one operand, whatever it says; never an option. */
  | { readonly kind: 'any' };

/** The approval that covers this call and no other. */
export function narrowestApproval({ argv, assignments, cwd }: ProgramCall): Approval {
  return { cwd, assignments: { ...assignments }, words: argv.map((text) => ({ kind: 'text', text })) };
}

export function covers(approval: Approval, call: ProgramCall): boolean {
  const { words } = approval;
  if (approval.cwd !== call.cwd || words.length !== call.argv.length || words.length === 0) return false;
  if (words[0]?.kind !== 'text') return false;
  return (
    isSameEnvironment(approval.assignments, call.assignments) &&
    call.argv.every((word, index) => fits(words[index], word))
  );
}

function fits(pattern: ApprovalWord | undefined, word: string): boolean {
  if (pattern === undefined) return false;
  return pattern.kind === 'text' ? pattern.text === word : !word.startsWith('-');
}

function isSameEnvironment(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}
