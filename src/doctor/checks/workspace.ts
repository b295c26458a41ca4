import type { Check } from '../check.js';

/** Whether the folder that is open may be given to an agent. */
export const workspaceCheck: Check = {
  id: 'workspace',
  title: 'Workspace',
  judge({ workspace }) {
    switch (workspace.kind) {
      case 'none':
        return { status: 'ok', reason: 'No folder is open, so there was none to look at.' };
      case 'suitable':
        return { status: 'ok', reason: `${workspace.root} can be sandboxed.` };
      case 'unsuitable':
        return { status: 'fail', reason: workspace.what, fix: workspace.nextStep };
    }
  },
};
