import type { ReviewDesk } from '../../session/reviews/review-desk.js';
import { applyChanges } from './apply.js';
import { approveChanges } from './approve.js';
import { listChanges } from './changes.js';
import type { ReviewContext, ReviewIo } from './context.js';
import { showDiff } from './diff.js';
import type { ReviewOptions } from './options.js';
import { rejectChanges } from './reject.js';
import { undoApply } from './undo.js';

/** One review command. Returns the exit status. */
export function runReview(options: ReviewOptions, desk: ReviewDesk, io: ReviewIo): Promise<number> {
  const context: ReviewContext = { desk, io };
  switch (options.kind) {
    case 'changes':
      return listChanges(context, options);
    case 'diff':
      return showDiff(context, options);
    case 'approve':
      return approveChanges(context, options);
    case 'reject':
      return rejectChanges(context, options);
    case 'apply':
      return applyChanges(context, options);
    case 'undo':
      return undoApply(context, options);
  }
}
