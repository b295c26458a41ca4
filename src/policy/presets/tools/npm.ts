import type { CommandRuleInput } from '../../policy.js';

/** Installs, tests and runs the scripts of package.json, and so any program. The sandbox has no network. */
export const npm: CommandRuleInput = {
  subcommands: ['install', 'i', 'ci', 'test', 'run', 'run-script', 'audit', 'ls'],
  startsPrograms: true,
  timeoutMs: 600000,
  forbiddenFlags: [
    '--unsafe-perm',
    '-g',
    '--global',
    '--location',
    '--globalconfig',
    '--userconfig',
    '--prefix',
    '-C',
    '--script-shell',
    '--shell',
    '--node-options',
    '--git',
    '--editor',
    '--viewer',
    '--cache',
    '--registry',
    '--init-module',
  ],
  environment: {
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_yes: 'false',
    CI: 'true',
  },
};
