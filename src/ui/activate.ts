import * as vscode from 'vscode';
import type { HostOptions, SandboxHost } from '../session/api.js';
import type { App } from './app.js';
import { WorkspaceApprovals } from './approvals.js';
import { askUser } from './ask.js';
import { AuditPanels } from './audit/audit-panels.js';
import { ChangesView } from './changes-view.js';
import { registerCommands } from './commands.js';
import { confirmGoingOn } from './confirm-going-on.js';
import { syncContextKeys } from './context-keys.js';
import { CoreLoader } from './core-loader.js';
import { RowDecorations } from './decorations.js';
import { DialogSeam } from './dialog-seam.js';
import { windowDialogs } from './dialogs.js';
import { schemeOf } from './diff-uri.js';
import { FilterState } from './filter-state.js';
import { watchCommits } from './git/import-commits.js';
import { OfferCommit } from './git/offer-commit.js';
import { WaitingCommits } from './git/waiting-commits.js';
import { KeyStore } from './keys.js';
import { recoverLeftovers } from './leftovers.js';
import { vscodeModels } from './lm/vscode-models.js';
import { localFolders } from './local-folders.js';
import { createChannelLogger } from './log.js';
import { applyTicks } from './mark.js';
import { PolicyDiagnostics } from './policy-diagnostics.js';
import { Questions } from './questions.js';
import { ReviewComments } from './review/comments.js';
import { followMerges } from './review/follow-merges.js';
import { HunkMemory } from './review/hunk-memory.js';
import { ChangePages } from './review/page/page-editor.js';
import { pageViewType } from './review/shown-change.js';
import { ReviewFiles } from './review-files.js';
import { ReviewStore } from './review-store.js';
import { nameAgent } from './session-names.js';
import { SessionView, sessionViewId } from './session-view.js';
import { Sessions } from './sessions.js';
import { auditKeepDays } from './settings.js';
import { showFailure } from './show-failure.js';
import { StatusBar } from './status-bar.js';
import { pageScheme, TextPages } from './text-pages.js';

/** What the extension's own tests work with; nobody else gets it. */
export interface AirlockApi {
  readonly app: App;
  readonly dialogs: DialogSeam;
  readonly changes: ChangesView;
  readonly isCoreLoaded: () => boolean;
  /** Processor time of the wiring: what neighbours on a busy machine take is not counted. */
  readonly activationCpuMs: number;
}

export interface UiHandle {
  readonly api: AirlockApi;
  dispose(): Promise<void>;
}

export type CreateHost = (options: HostOptions) => Promise<SandboxHost>;

/** Wires everything and starts nothing: the session core is loaded by the first command that needs it. */
export function activateUi(context: vscode.ExtensionContext, createHost: CreateHost): UiHandle {
  const begun = process.cpuUsage();
  const channel = vscode.window.createOutputChannel('Airlock', { log: true });
  const logger = createChannelLogger(channel);
  const dialogs = new DialogSeam(windowDialogs);
  const keys = new KeyStore(context.secrets);
  const stateDir = context.globalStorageUri.fsPath;
  const questions = new Questions();
  const sessions = new Sessions();
  const approvals = new WorkspaceApprovals(context.workspaceState);
  const loader = new CoreLoader(() =>
    createHost({
      stateDir,
      installDir: context.extensionPath,
      version: versionOf(context),
      key: keys.source,
      logger,
      auditKeepDays,
      confirm: (question, signal) =>
        askUser(
          { dialogs, questions, who: nameAgent(sessions, question.sessionId, vscode.l10n.t) },
          question,
          signal,
        ),
      approvals,
      editorModels: vscodeModels,
      confirmGoingOn: ({ sessionId, reason }, signal) =>
        confirmGoingOn(dialogs, { who: nameAgent(sessions, sessionId, vscode.l10n.t), reason }, signal),
    }),
  );
  const store = new ReviewStore(async () => {
    const host = await loader.host();
    const folders = localFolders();
    return (await Promise.all(folders.map(({ uri }) => host.openReviews(uri.fsPath)))).flat();
  });
  const originals = new ReviewFiles('before', store);
  const proposals = new ReviewFiles('after', store, originals);
  const served = [
    ['before', originals],
    ['after', proposals],
    ['base', new ReviewFiles('base', store)],
    ['agent', new ReviewFiles('agent', store)],
  ] as const;
  const filter = new FilterState(context.workspaceState);
  const changes = new ChangesView(store, sessions, filter);
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  const app: App = {
    logger,
    channel,
    dialogs,
    keys,
    store,
    sessions,
    questions,
    changes,
    filter,
    approvals,
    commits: new WaitingCommits(() => localFolders().map(({ uri }) => uri.fsPath)),
    proposals,
    comments: new ReviewComments(store, (error) => logger.error('comments could not be shown', error)),
    hunkMemory: new HunkMemory(),
    pages: new TextPages(),
    audits: new AuditPanels(media),
    memento: context.workspaceState,
    stateDir,
    host: () => loader.host(),
  };
  changes.onDidTick((ticks) => {
    applyTicks(app, ticks).catch((error: unknown) => showFailure(app, error));
  });
  const sessionView = new SessionView(app, media);
  const decorations = new RowDecorations(store);
  context.subscriptions.push(
    channel,
    changes,
    sessionView,
    decorations,
    app.comments,
    followMerges(app),
    new StatusBar(sessions, store, questions),
    new OfferCommit(app),
    watchCommits(app),
    syncContextKeys(app),
    registerCommands(app),
    app.pages,
    app.audits,
    vscode.workspace.registerTextDocumentContentProvider(pageScheme, app.pages),
    vscode.window.registerFileDecorationProvider(decorations),
    vscode.window.registerWebviewViewProvider(sessionViewId, sessionView),
    vscode.window.registerCustomEditorProvider(
      pageViewType,
      new ChangePages(store, media, (error) => showFailure(app, error)),
    ),
    ...served.flatMap(([side, files]) => [files, registerFiles(schemeOf(side), files, side !== 'after')]),
  );
  if (vscode.workspace.isTrusted) {
    context.subscriptions.push(new PolicyDiagnostics(app));
    recoverLeftovers(app).catch((error: unknown) => logger.error('leftovers were not looked at', error));
  }
  const api: AirlockApi = {
    app,
    dialogs,
    changes,
    isCoreLoaded: () => loader.isLoaded,
    activationCpuMs: cpuMs(process.cpuUsage(begun)),
  };
  return { api, dispose: () => loader.dispose() };
}

function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function registerFiles(scheme: string, provider: ReviewFiles, isReadonly: boolean): vscode.Disposable {
  return vscode.workspace.registerFileSystemProvider(scheme, provider, { isCaseSensitive: true, isReadonly });
}

function versionOf(context: vscode.ExtensionContext): string {
  const manifest: unknown = context.extension.packageJSON;
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('the manifest has no version');
}
