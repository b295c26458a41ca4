import type { PathRule } from './path-rule.js';
import { agentInstructions } from './paths/agent-instructions.js';
import { airlockSettings } from './paths/airlock-settings.js';
import { buildScripts } from './paths/build-scripts.js';
import { ciWorkflows } from './paths/ci-workflows.js';
import { containers } from './paths/containers.js';
import { dependencyLists } from './paths/dependency-lists.js';
import { desktopFiles } from './paths/desktop-files.js';
import { editorSettings } from './paths/editor-settings.js';
import { gitHooks } from './paths/git-hooks.js';
import { gitRepository } from './paths/git-repository.js';
import { gitSteering } from './paths/git-steering.js';
import { installedCode } from './paths/installed-code.js';
import { lockfiles } from './paths/lockfiles.js';
import { loginAndKeys } from './paths/login-and-keys.js';
import { mcpServers } from './paths/mcp-servers.js';
import { packageSettings } from './paths/package-settings.js';
import { pythonAutorun } from './paths/python-autorun.js';
import { shellEnvironment } from './paths/shell-environment.js';
import { shellStartup } from './paths/shell-startup.js';
import { shortNames } from './paths/short-names.js';
import { toolConfig } from './paths/tool-config.js';

export const pathRules: readonly PathRule[] = [
  airlockSettings,
  agentInstructions,
  mcpServers,
  gitSteering,
  gitHooks,
  gitRepository,
  editorSettings,
  shellEnvironment,
  shellStartup,
  loginAndKeys,
  ciWorkflows,
  containers,
  packageSettings,
  dependencyLists,
  lockfiles,
  buildScripts,
  toolConfig,
  pythonAutorun,
  installedCode,
  desktopFiles,
  shortNames,
];
