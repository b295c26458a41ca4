import { describeError } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { OnRecovery } from '../../workspace/apply/applier.js';
import type { Recovery } from '../../workspace/apply/recover.js';
import { recoverAll } from '../../workspace/apply/recover-all.js';

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

/** Ends every apply that was cut short, and says so. What fails is tried again with the next apply. */
export async function recoverApplies(stateDir: string, logger: Logger): Promise<readonly Recovery[]> {
  const { recoveries, failures } = await recoverAll(stateDir);
  recoveries.forEach(tellRecovery(logger));
  for (const failure of failures)
    logger.warn(`an apply that was cut short could not be ended: ${describeError(failure)}`);
  return recoveries;
}
