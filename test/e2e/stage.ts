import * as assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import { type ModelServer, startModelServer } from '../extension/model-server.js';
import { readEnvironment } from './environment.js';
import { type Editor, loadBrowserScript, loadEditorScript } from './scripts.js';
import { Workbench } from './workbench.js';

const ACTION_MS = 20_000;

export interface StageOptions {
  /** Name of the model's script in test/fixtures/scripts. */
  readonly script: string;
  readonly key: string;
  readonly isTrusted: boolean;
  /** The user's settings beside those that every test needs. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Done in the sample project before it is opened. */
  readonly prepare?: (workspace: string) => void;
}

/** The sample project in a real editor with the packaged extension, and a scripted model. */
export class Stage {
  #dir: string | undefined;
  #server: ModelServer | undefined;
  #editor: Editor | undefined;
  #browser: Browser | undefined;

  /** What was started is ended by `dispose`, also when this fails. */
  async open({ script, key, isTrusted, settings, prepare }: StageOptions): Promise<Workbench> {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'airlock-e2e-'));
    this.#dir = dir;
    const { vsix, chromium, codeServer } = readEnvironment();
    const [{ startEditor, installVsix }, { launchBrowser }] = await Promise.all([
      loadEditorScript(),
      loadBrowserScript(),
    ]);
    cpSync(path.resolve('test/fixtures/sample-project'), this.workspace, { recursive: true });
    prepare?.(this.workspace);
    this.#server = await startModelServer(path.resolve('test/fixtures/scripts', script), key);
    const folders = {
      codeServer,
      userDataDir: path.join(dir, 'user'),
      extensionsDir: path.join(dir, 'extensions'),
    };
    await installVsix(folders, vsix);
    this.#editor = await startEditor({
      ...folders,
      workspace: this.workspace,
      extraArgs: isTrusted ? ['--disable-workspace-trust'] : [],
      settings: {
        'airlock.modelUrl': this.#server.url,
        'workbench.colorTheme': 'Default Dark Modern',
        ...settings,
      },
    });
    this.#browser = await launchBrowser(chromium);
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(ACTION_MS);
    const workbench = new Workbench(page);
    await workbench.open(this.#editor.url);
    return workbench;
  }

  get workspace(): string {
    return path.join(this.#folder, 'greeting');
  }

  get stateDir(): string {
    return path.join(this.#folder, 'user', 'User', 'globalStorage', 'airlock.airlock');
  }

  file(name: string): string {
    return path.join(this.workspace, name);
  }

  /** The process that everything of this editor descends from. */
  get editorPid(): number {
    const pid = this.#editor?.pid;
    if (pid === undefined) throw new Error('the editor does not run');
    return pid;
  }

  /** The containers of this editor's sessions. */
  async containers(): Promise<readonly string[]> {
    const sessions = readdirSync(path.join(this.stateDir, 'sessions'));
    const owned = await new DockerEngine().listOwned({ [labels.product]: PRODUCT });
    return owned.flatMap(({ kind, id, labels: of }) =>
      kind === 'container' && sessions.includes(of[labels.session] ?? '') ? [id] : [],
    );
  }

  /** Waits until there are so many of them. */
  async untilContainers(count: number): Promise<void> {
    for (let tries = 0; (await this.containers()).length !== count; tries += 1) {
      assert.ok(tries < 200, `there are not ${count} containers`);
      await sleep(50);
    }
  }

  async dispose(): Promise<void> {
    await this.#browser?.close();
    await this.#editor?.stop();
    await this.#server?.stop();
    if (this.#dir !== undefined) rmSync(this.#dir, { recursive: true, force: true });
  }

  get #folder(): string {
    if (this.#dir === undefined) throw new Error('the stage is not open');
    return this.#dir;
  }
}
