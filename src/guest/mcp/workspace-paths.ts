import { agentCwd } from '../../protocol/bridge.js';

const WORKSPACE = '/workspace';

/**
 * Models like absolute paths and make them of the folder the agent says it is in. That is a stand-in for the
 * workspace, so a path below it is read as one of the workspace. Commands are left as they are.
 */
export function toWorkspacePaths(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const mapped: Record<string, unknown> = { ...input };
  for (const name of ['path', 'cwd']) {
    const value = input[name];
    if (typeof value !== 'string') continue;
    if (value === agentCwd || value.startsWith(`${agentCwd}/`))
      mapped[name] = `${WORKSPACE}${value.slice(agentCwd.length)}`;
  }
  return mapped;
}
