import type { Phase } from '../session/events.js';
import type { Translate } from './translate.js';

/** What happens in a phase, for the progress notification and the session view. */
export function phaseLabel(phase: Phase, t: Translate): string {
  switch (phase) {
    case 'engine':
      return t('Connecting to the container engine');
    case 'image':
      return t('Preparing the sandbox image');
    case 'workspace':
      return t('Taking a view of the workspace');
    case 'container':
      return t('Starting the container');
    case 'guest':
      return t('Starting the tool proxy');
    case 'agent':
      return t('Starting the agent');
    case 'ready':
      return t('Sandbox ready');
    case 'running':
      return t('Agent is working');
    case 'collecting':
      return t('Collecting changes');
    case 'idle':
      return t('Waiting for your next prompt');
    case 'stopping':
      return t('Removing the sandbox');
    case 'done':
      return t('Session ended');
  }
}
