import type { Logger } from '../base/logger.js';
import { toVisibleLine } from '../base/visible-text.js';
import type { OnRecovery } from '../workspace/apply/applier.js';

/** Says in the log what became of an apply that a crash cut short. */
export function tellRecovery(logger: Logger): OnRecovery {
  return (recovery) => {
    if (recovery.kind === 'damaged') {
      logger.warn(
        `the journal of an apply is damaged (${recovery.reason}) and was kept as ${recovery.movedTo}. Nothing was touched: files that it was about to replace are as they are, and both versions of them lie beside them, in files named ".….airlock-…"`,
      );
      return;
    }
    const { kind, journal, left } = recovery;
    const end = kind === 'finished' ? 'was finished' : 'was taken back';
    const stayed =
      left.length === 0
        ? ''
        : `; edited since and left alone: ${left.map((path) => toVisibleLine(path)).join(', ')}`;
    logger.info(`an apply of session ${journal.sessionId} that was cut short ${end}${stayed}`);
  };
}
