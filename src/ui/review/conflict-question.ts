import { toVisibleLine } from '../../base/visible-text.js';
import type { Change } from '../../workspace/changes.js';
import type { ApplyOutcome } from '../../workspace/review/review-api.js';
import type { Translate } from '../translate.js';

export type Conflict = Extract<ApplyOutcome, { kind: 'conflict' }>;

export type ConflictChoice = 'merge' | 'open' | 'overwrite' | 'keep';

export interface ConflictQuestion {
  readonly message: string;
  /** In the order in which they are offered. */
  readonly actions: readonly { readonly label: string; readonly choice: ConflictChoice }[];
}

export interface ConflictInput {
  readonly change: Pick<Change, 'before' | 'after'>;
  readonly conflict: Conflict;
  /** One hunk was to be written: then the rest is not overwritten with it. */
  readonly isPart: boolean;
}

/** What is asked about a file that is not as the agent saw it: each kind of conflict has its own words. */
export function askConflict(input: ConflictInput, t: Translate): ConflictQuestion {
  const { change, conflict, isPart } = input;
  const path = toVisibleLine(conflict.path);
  const keep = { label: t('Keep Mine'), choice: 'keep' } as const;
  const open = { label: t('Open Diff'), choice: 'open' } as const;
  const overwrite = (label: string) => (isPart ? [] : [{ label, choice: 'overwrite' } as const]);
  if (conflict.obstacle !== undefined) {
    return { message: t('"{0}" was not written: {1}. {2}', path, ...explain(conflict, t)), actions: [] };
  }
  if (change.after.kind === 'absent') {
    return {
      message: t('The agent deleted "{0}", and you edited it meanwhile. It was left as it is.', path),
      actions: [keep, ...overwrite(t('Delete Anyway')), open],
    };
  }
  if (conflict.live.kind === 'absent') {
    return {
      message: t('You deleted "{0}" meanwhile, and the agent edited it. Nothing was written.', path),
      actions: [{ label: t('Keep Deleted'), choice: 'keep' }, ...overwrite(t('Restore With Proposal')), open],
    };
  }
  const merge = conflict.mergeable ? [{ label: t('Merge…'), choice: 'merge' } as const] : [];
  if (change.before.kind === 'absent') {
    return {
      message: t('You and the agent both added "{0}". Yours was left as it is.', path),
      actions: [...merge, open, ...overwrite(t('Overwrite With Proposal')), keep],
    };
  }
  return {
    message: conflict.mergeable
      ? t('You and the agent edited the same lines of "{0}". It was left as it is.', path)
      : t('"{0}" was left as it is: {1}.', path, toVisibleLine(conflict.reason)),
    actions: [...merge, open, ...overwrite(t('Overwrite With Proposal')), keep],
  };
}

function explain({ obstacle, reason }: Conflict, t: Translate): readonly [string, string] {
  const why = toVisibleLine(reason);
  switch (obstacle) {
    case 'folder':
      return [why, t('Move or rename the folder, then approve again, or reject the change.')];
    case 'link':
      return [
        why,
        t(
          'Airlock never writes through a link. Put a folder in its place and approve again, or reject the change.',
        ),
      ];
    default:
      return [why, t('Move or rename what is in the way, then approve again, or reject the change.')];
  }
}
