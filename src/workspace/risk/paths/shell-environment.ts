import type { PathRule } from '../path-rule.js';

/** What direnv, mise, asdf, Nix and development containers do on entering the folder, and variables that tools load. */
export const shellEnvironment: PathRule = {
  rule: 'shell-environment',
  reason: 'shells, editors or tools load it when the folder is entered, and start what it names',
  names: [
    '.autoenv',
    '.autoenv.zsh',
    '.env',
    '.envrc',
    '.flaskenv',
    '.in',
    '.miserc.toml',
    '.out',
    '.rtx.toml',
    '.sdkmanrc',
    '.tool-versions',
    'default.nix',
    'devbox.json',
    'devcontainer.json',
    'devenv.nix',
    'devenv.yaml',
    'flake.lock',
    'flake.nix',
    'shell.nix',
  ],
  places: ['.devcontainer', '.direnv', '.mise', 'mise/config.toml', '.config/mise', 'mise/tasks', '.gitpod'],
  pattern:
    /^\.?mise(?:\.[\w-]+)*\.toml$|^\.env\.(?!(?:[\w.-]+\.)?(?:example|sample|template|dist|tpl)$)|^\.envrc\.|^\.devcontainer(?:[.\-_]|$)|^\.gitpod\./,
};
