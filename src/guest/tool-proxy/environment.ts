/** Where programs are looked up: nothing a tool could write to. */
export const commandPath = ['/usr/local/bin', '/usr/bin', '/bin'] as const;

const AUTHOR = { name: 'Airlock Agent', email: 'agent@airlock.invalid' };

const BASE: Readonly<Record<string, string>> = {
  PATH: commandPath.join(':'),
  HOME: '/home/runner',
  USER: 'runner',
  LOGNAME: 'runner',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  TMPDIR: '/tmp',
  CI: '1',
  GIT_AUTHOR_NAME: AUTHOR.name,
  GIT_AUTHOR_EMAIL: AUTHOR.email,
  GIT_COMMITTER_NAME: AUTHOR.name,
  GIT_COMMITTER_EMAIL: AUTHOR.email,
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
  PAGER: 'cat',
};

/** A command's environment, built from nothing; the proxy's own is never passed on. */
export function buildEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...BASE, ...extra };
}
