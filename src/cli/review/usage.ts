import { exitStatusText } from '../exit-status.js';

const synopsis = {
  changes: 'airlock changes [--session ID] [PATH…] [--hunks] [--json]',
  diff: 'airlock diff [--session ID] [PATH…] [--hunks] [--binary] [--json]',
  approve: 'airlock approve [--session ID] (PATH… | --all | --hunk ID…) [--protected] [--none] [--json]',
  reject: 'airlock reject [--session ID] (PATH… | --all | --hunk ID…) [--json]',
  apply: 'airlock apply [--session ID] [--overwrite PATH]… [--json]',
  undo: 'airlock undo [--session ID] [ID] [--list] [--skip-edited] [--json]',
} as const;

export type ReviewCommandName = keyof typeof synopsis;
export const reviewCommandNames = Object.keys(synopsis) as readonly ReviewCommandName[];

const about: Readonly<Record<ReviewCommandName, string>> = {
  changes: `lists what the agent proposes and what is decided of it.

  --hunks          the hunks of each text too, with their ids`,
  diff: `prints what is not decided yet as a patch that git apply and patch -p1 take.

  --hunks          the ids of the hunks behind the ranges
  --binary         binary files as git's own patches, which only git apply takes`,
  approve: `marks what "airlock apply" is to write. Nothing is written yet.

  --all            all changes but the protected ones
  --hunk ID        one hunk, by the beginning of its id; with a PATH, one of that file; may be given more than once
  --protected      the protected ones too that --all or a folder stands for
  --none           takes marks back instead
A protected change is one that could do something by itself. It is marked when its own path is given.`,
  reject: `rejects what the agent proposes.

  --all            all that is not decided
  --hunk ID        one hunk, by the beginning of its id; with a PATH, one of that file; may be given more than once`,
  apply: `writes what is approved to the workspace, all of it at once.

  --overwrite PATH writes this change, and nothing else, over the conflicting edits of the real file`,
  undo: `takes back what the last apply wrote, or the one of this ID; its changes wait for a decision again.

  --list           lists what can be taken back
  --skip-edited    takes back the others where files were edited since, which stay as they are`,
};

const common = `  --session ID     the session, by the beginning of its id (default: the newest one of the workspace that waits)
  --workspace DIR  the workspace, or a folder in it (default: the current folder)
  --state-dir DIR  where sessions and audit logs are kept
  --json           one JSON object

A PATH is as seen from the current folder, or from the workspace when that folder is not in it; a folder stands for
all that is below it.`;

/** Of one command. */
export function reviewUsageOf(name: ReviewCommandName): string {
  return `${synopsis[name]}\n\n${name} ${about[name]}\n\n${common}\n\n${exitStatusText}`;
}

/** Of all of them, in short. */
export const reviewUsage = `${reviewCommandNames.map((name) => synopsis[name]).join('\n')}

They decide on what a finished session left; "airlock COMMAND --help" says more.

${common}`;
