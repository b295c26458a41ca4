import path from 'node:path';
import { installVsix, startEditor } from './editor.mjs';
import { removeLeftovers } from './leftovers.mjs';
import { PROMPT } from './sample-project.mjs';
import { untilSignal } from './signals.mjs';

/**
 * Opens the sample project in an editor with Airlock installed and keeps it open until the user ends it.
 * @param {import('../demo.mjs').Stage} stage
 * @param {import('../setup/code-server.mjs').CodeServer} codeServer
 * @param {string} vsix
 */
export async function demoInEditor({ dir, project, model, engine, log }, codeServer, vsix) {
  const ended = untilSignal();
  const folders = {
    codeServer,
    userDataDir: path.join(dir, 'user'),
    extensionsDir: path.join(dir, 'extensions'),
  };
  await log.step('install the extension', () => installVsix(folders, vsix));
  const editor = await log.step('start the editor', () =>
    startEditor({
      ...folders,
      workspace: project,
      extraArgs: ['--disable-workspace-trust'],
      // Under root the project has another owner, which git takes for an intruder's.
      env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: project },
      settings: {
        'airlock.provider': 'anthropic',
        'airlock.modelUrl': model.url,
        'airlock.model': model.name,
      },
    }),
  );
  console.log(`
Open   ${editor.url}
  1. Press F1 (or Ctrl+Shift+P), run "Airlock: Run Agent in Sandbox".
  2. Type a task, for example: ${PROMPT}
  3. Wait for the pending changes and press "Review" (or open the Airlock view); click a file for its diff.
  4. Approve or reject each in the title bar of its diff; then look at the files in the Explorer.
Ctrl+C ends the editor and removes everything it made.`);
  await ended;
  console.log('\nending the editor');
  await editor.stop();
  const removed = await removeLeftovers(engine);
  if (removed > 0) console.log(`removed ${removed} containers and volumes of unfinished sessions`);
}
