import { selfTestAttempts } from '../../protocol/self-test.js';
import { failed, type Guarantee, proven } from './guarantee.js';

/** The agent's user cannot look into the workspace; only the tools can, whose calls are decided. */
export const workspaceHidden: Guarantee = {
  id: 'workspace-hidden',
  title: 'Workspace out of reach of the agent',
  check({ attempts }, { principal, hidesWorkspace }) {
    if (principal !== 'agent' || !hidesWorkspace) return undefined;
    for (const path of selfTestAttempts.workspace) {
      const outcome = attempts[path] ?? 'not tried';
      // A copied workspace has no upper layer.
      const isHidden = outcome === 'EACCES' || (outcome === 'ENOENT' && path !== '/workspace');
      if (!isHidden) return failed(`listing ${path}: ${outcome}`);
    }
    return proven('file permission refuses the agent');
  },
};
