import type { App } from './app.js';
import { localFolders } from './local-folders.js';
import { readPolicyChoice } from './settings.js';

const SESSIONS = 20;

/** Opens what the last sessions on this workspace used of the policy, as a read-only preview. */
export async function reviewPolicy(app: App): Promise<void> {
  await app.pages.show('Policy Review', await writeReview(app));
}

async function writeReview(app: App): Promise<string> {
  const [folder] = localFolders();
  const host = await app.host();
  const workspace = folder?.uri.fsPath;
  const remembered = app.approvals
    .list()
    .filter((approval) => approval.workspace === workspace)
    .map(({ rule }) => rule);
  return host.reviewPolicy({ ...readPolicyChoice(), last: SESSIONS, workspace, remembered });
}
