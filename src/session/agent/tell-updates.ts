import type { AgentMode } from '../../agents/catalogue/definition.js';
import type { AgentUpdate } from '../../agents/updates.js';
import type { SessionReport } from '../record/session-report.js';

/**
 * Tells what an agent says of its work. Of a brokered agent's tools the broker itself tells, which can be believed;
 * of a contained one's there is only the agent's own word.
 */
export function tellUpdates(
  report: Pick<SessionReport, 'emit' | 'notice'>,
  mode: AgentMode,
): (update: AgentUpdate) => void {
  return (update) => {
    switch (update.type) {
      case 'notice':
        report.notice('info', update.text);
        return;
      case 'tool':
        if (mode === 'contained') report.emit({ ...update, type: 'agent-tool' });
        return;
      default:
        report.emit(update);
    }
  };
}
