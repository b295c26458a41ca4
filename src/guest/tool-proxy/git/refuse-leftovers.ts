import { type Repository, RepositoryRefusedError, readSmallFile } from './find-repository.js';

/** What a sub-command that changes the repository would take up besides its settings. Throws RepositoryRefusedError. */
export function refuseLeftovers({ gitDir, workTree }: Repository): void {
  const todo =
    readSmallFile(`${gitDir}/rebase-merge/git-rebase-todo`, 'the list of the rebase in progress') ?? '';
  if (/^[ \t\r\f\v]*(?:x|exec)(?=\s|$)/m.test(todo))
    throw new RepositoryRefusedError('the rebase in progress lists commands to run (exec)');
  // Where a submodule is looked into, git starts itself there, under that submodule's configuration.
  const modules = readSmallFile(`${workTree}/.gitmodules`, '.gitmodules') ?? '';
  const harmless = modules.match(/^[ \t]*ignore[ \t]*=[ \t]*(?:all|dirty)[ \t]*\r?$/gim) ?? [];
  if ((modules.match(/ignore/gi) ?? []).length > harmless.length)
    throw new RepositoryRefusedError('.gitmodules has `ignore` set to other than "dirty" or "all"');
}
