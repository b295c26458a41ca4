import { join } from 'node:path';
import * as vscode from 'vscode';
import { describeError, errors } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { Review } from '../../session/api.js';
import type { App } from '../app.js';
import { localFolders } from '../local-folders.js';
import { composeMessage, suggestSubject } from './commit-message.js';
import type { CommitPlan, LeftOutReason, PlannedFile } from './commit-plan.js';
import type { GitRepository } from './git-api.js';
import { readPlan, type SessionCommit } from './read-plan.js';

const NAMED = 5;

/** Commits what was approved of a session, after the user has seen and may have edited the message. */
export async function commitApproved(app: App): Promise<void> {
  const found = await Promise.all((await listReviews(app)).map((review) => readPlan(app, review)));
  const known = found.filter((one) => one !== undefined);
  const open = known.filter(({ plan }) => plan.files.length + plan.leftOut.length > 0);
  const chosen = open.length < 2 ? open[0] : await chooseOne(app, open);
  if (chosen !== undefined) await commitSession(app, chosen.review);
  else if (open.length === 0) await tellNothing(app, known.length > 0);
}

/** The same for one session. */
export async function commitSession(app: App, review: Review): Promise<void> {
  const found = await readPlan(app, review);
  if (found === undefined) return tellNothing(app, false);
  if (await tellObstacle(app, found)) return;
  const { plan } = found;
  if (plan.leftOut.length > 0 && !(await isSureWithout(app, plan))) return;
  const subject = await askSubject(app, found);
  if (subject === undefined) return;
  // The message may have been edited for a while.
  const now = await readPlan(app, review);
  if (now === undefined || describePlan(now.plan) !== describePlan(plan)) {
    const message = vscode.l10n.t(
      'Your files or the index changed meanwhile. Nothing was committed; look again.',
    );
    await app.dialogs.choose('warning', message, []);
    return;
  }
  const { sessionId, agent } = review;
  const { files } = plan;
  await commitFiles(found, files, composeMessage(subject, { sessionId, agent, files }));
  app.logger.info(`committed ${files.length} approved files of session ${sessionId}`);
  const { t } = vscode.l10n;
  const done =
    files.length === 1
      ? t('Airlock: 1 approved change committed')
      : t('Airlock: {0} approved changes committed', files.length);
  vscode.window.setStatusBarMessage(done, 5000);
}

/** Exactly these files, or nothing: the index is then as it was. Throws `commitFailed`. */
async function commitFiles(
  { repository, readStaged }: SessionCommit,
  files: readonly PlannedFile[],
  message: string,
): Promise<void> {
  const added = files.filter(({ needsAdd }) => needsAdd).map((file) => locate(repository, file));
  const draft = repository.inputBox.value;
  try {
    if (added.length > 0) await repository.add(added);
    const ours = new Set(files.map(({ inRepository }) => inRepository));
    const others = [...(await readStaged())].filter((path) => !ours.has(path));
    if (others.length > 0) throw new Error(`${toVisibleLine(others[0] ?? '', 80)} is staged too`);
    await repository.commit(message, { postCommitCommand: null });
  } catch (error) {
    const said = toVisibleLine(describeGitError(error), 500);
    try {
      if (added.length > 0) await repository.revert(added);
    } catch (second) {
      throw errors.commitFailed(
        `${said}; what was staged for it is staged still`,
        new AggregateError([error, second]),
      );
    }
    throw errors.commitFailed(said, error);
  }
  // git's extension empties it after each commit, whoever wrote the message.
  if (draft !== '') repository.inputBox.value = draft;
}

function locate({ rootUri }: GitRepository, { inRepository }: PlannedFile): string {
  return join(rootUri.fsPath, inRepository);
}

/** What a hook or git itself has said, where it has. */
function describeGitError(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  return said === '' ? describeError(error) : said;
}

/** Of every session that this window knows, or that was the last to write here. */
async function listReviews(app: App): Promise<readonly Review[]> {
  await app.store.loadStored();
  const known = app.store.list();
  const host = await app.host();
  const applied = await Promise.all(localFolders().map(({ uri }) => host.applied(uri.fsPath)));
  const ids = new Set(applied.flat().map(({ sessionId }) => sessionId));
  for (const { sessionId } of known) ids.delete(sessionId);
  const stored = await Promise.all([...ids].map((id) => host.openReview(id)));
  return [...known, ...stored.filter((review) => review !== undefined)];
}

async function chooseOne(app: App, open: readonly SessionCommit[]): Promise<SessionCommit | undefined> {
  const { t } = vscode.l10n;
  const items = open.map((found) => ({
    label: toVisibleLine(found.review.prompt, 80),
    description:
      found.plan.files.length === 1
        ? t('1 approved change')
        : t('{0} approved changes', found.plan.files.length),
    found,
  }));
  return (await app.dialogs.pick(items, { title: t('Commit the approved changes of which session?') }))
    ?.found;
}

async function tellNothing(app: App, hasRepository: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const message = hasRepository
    ? t('No approved change waits to be committed.')
    : t('There is no approved change in a git repository that VS Code has open.');
  await app.dialogs.choose('info', message, []);
}

/** What makes a commit of just these files impossible; true when there was something. */
async function tellObstacle(app: App, { plan, isBusy }: SessionCommit): Promise<boolean> {
  const { t } = vscode.l10n;
  if (plan.files.length === 0 && plan.leftOut.length === 0) {
    await tellNothing(app, true);
    return true;
  }
  const obstacle = isBusy
    ? t('A merge or rebase is not finished in this repository. Finish it, then commit the approved changes.')
    : plan.foreign.length > 0
      ? t(
          'You have staged other changes, which a commit would take along: {0}. Commit or unstage them first.',
          nameSome(plan.foreign),
        )
      : plan.files.length === 0
        ? t('No approved change can be committed as it was approved. {0}', describeLeftOut(plan))
        : undefined;
  if (obstacle === undefined) return false;
  const open = t('Open Source Control');
  if ((await app.dialogs.choose('warning', obstacle, [open])) === open)
    await vscode.commands.executeCommand('workbench.view.scm');
  return true;
}

function isSureWithout(app: App, plan: CommitPlan): Promise<boolean> {
  const { t } = vscode.l10n;
  const count = plan.files.length;
  return app.dialogs.confirm(
    count === 1
      ? t('Commit 1 approved change without the others?')
      : t('Commit {0} approved changes without the others?', count),
    describeLeftOut(plan),
    t('Commit…'),
  );
}

function askSubject(app: App, { review, plan }: SessionCommit): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { files } = plan;
  return app.dialogs.input({
    title:
      files.length === 1 ? t('Commit 1 Approved Change') : t('Commit {0} Approved Changes', files.length),
    prompt: t(
      'First line of the message. A list of the files, the agent and the session follow. Committed as a whole: {0}',
      nameSome(files.map(({ path }) => path)),
    ),
    value: suggestSubject(review.prompt),
    validateInput: (text) => (text.trim() === '' ? t('A commit needs a message.') : undefined),
  });
}

function describeLeftOut({ leftOut }: CommitPlan): string {
  const reasons = new Map<LeftOutReason, string[]>();
  for (const { path, reason } of leftOut) reasons.set(reason, [...(reasons.get(reason) ?? []), path]);
  return [...reasons].map(([reason, paths]) => describeReason(reason, nameSome(paths))).join(' ');
}

function describeReason(reason: LeftOutReason, names: string): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'edited':
      return t('Edited since it was approved: {0}.', names);
    case 'partly-staged':
      return t('Staged in part: {0}.', names);
    case 'pattern':
      return t('Its name is a pattern to git: {0}.', names);
    case 'elsewhere':
      return t('In another repository: {0}.', names);
  }
}

function nameSome(paths: readonly string[]): string {
  const names = paths.slice(0, NAMED).map((path) => toVisibleLine(path, 80));
  return [...names, ...(paths.length > NAMED ? ['…'] : [])].join(', ');
}

function describePlan({ files, foreign }: CommitPlan): string {
  return JSON.stringify([files, foreign]);
}
