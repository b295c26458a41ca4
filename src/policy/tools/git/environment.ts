/**
 * What git reads before the repository's own configuration, which the agent's programs may have written:
 * no hook, pager, editor, signer, file-system monitor or transport is started. Settings with a name of the
 * repository's own choice are in `harmful-settings.ts`.
 */
const config: readonly (readonly [string, string])[] = [
  ['safe.directory', '*'],
  // A bare repository in the work tree brings settings of its own.
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', ''],
  ['core.alternateRefsCommand', 'false'],
  ['diff.external', ''],
  ['interactive.diffFilter', ''],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['tag.forceSignAnnotated', 'false'],
  ['log.showSignature', 'false'],
  ['gpg.program', 'false'],
  ['gpg.openpgp.program', 'false'],
  ['gpg.ssh.defaultKeyCommand', 'false'],
  ['gpg.ssh.program', 'false'],
  ['gpg.x509.program', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // A merge that is shown as merged again would use the repository's merge drivers.
  ['log.diffMerges', 'separate'],
  // Submodules have a configuration of their own, which this one does not reach.
  ['submodule.recurse', 'false'],
  ['diff.ignoreSubmodules', 'dirty'],
  ['diff.submodule', 'short'],
  ['status.submoduleSummary', 'false'],
  // No hooks come with a new repository, and nothing is read from where the repository says.
  ['init.templateDir', ''],
  ['clean.requireForce', 'true'],
];

export const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'true',
  GIT_SEQUENCE_EDITOR: 'true',
  GIT_ASKPASS: 'true',
  GIT_TERMINAL_PROMPT: '0',
  // No protocol has this name, so a partial clone cannot fetch through a helper program.
  GIT_ALLOW_PROTOCOL: 'none',
  // A later version does not even try.
  GIT_NO_LAZY_FETCH: '1',
  GIT_CONFIG_COUNT: String(config.length),
  ...Object.fromEntries(
    config.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
};
