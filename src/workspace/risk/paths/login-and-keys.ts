import type { PathRule } from '../path-rule.js';

/** What grants access to the machine or to services, or starts programs at login. */
export const loginAndKeys: PathRule = {
  rule: 'login-and-keys',
  reason: 'it can grant access in your name or start programs at login',
  names: [
    '.netrc',
    '_netrc',
    '.pgpass',
    '.my.cnf',
    '.rhosts',
    '.shosts',
    'authorized_keys',
    'crontab',
    '.git-credentials',
  ],
  places: [
    '.aws',
    '.azure',
    '.config/autostart',
    '.config/gcloud',
    '.config/systemd',
    '.docker',
    '.gnupg',
    '.kube',
    '.ssh',
    'library/launchagents',
    'library/launchdaemons',
    'cron.d',
    'cron.daily',
    'cron.hourly',
    'cron.weekly',
    'cron.monthly',
  ],
};
