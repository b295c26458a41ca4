import type { Check } from '../check.js';

/** Whether a container engine answers. Nothing runs without one. */
export const engineCheck: Check = {
  id: 'engine',
  title: 'Container engine',
  judge({ engine }) {
    if (engine.kind === 'answered') {
      const { endpoint, operatingSystem, kernel } = engine.details;
      const machine = [operatingSystem, kernel === '' ? '' : `kernel ${kernel}`].filter(
        (part) => part !== '',
      );
      const on = machine.length === 0 ? '' : `, on ${machine.join(', ')}`;
      return { status: 'ok', reason: `It answers at ${endpoint}${on}.` };
    }
    return {
      status: 'fail',
      reason: `${engine.what} No agent can run until it does.`,
      fix: engine.nextStep,
    };
  },
};
