import type { Decision } from '../../../policy/decision.js';
import { planCall } from '../../../policy/evaluate.js';
import type { Policy } from '../../../policy/policy.js';
import { type ToolCall, toolCall } from '../../../protocol/tools.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { codeOf, PathRefusedError } from '../files/beneath.js';
import { confine } from '../files/confine.js';
import { editFile } from './edit-file.js';
import { listDirectory } from './list-directory.js';
import { readFile } from './read-file.js';
import { runPlanned } from './run-command.js';
import { search } from './search.js';
import { writeFile } from './write-file.js';

/** Parses a tool call, asks the policy once more, and runs it. Whatever goes wrong is an answer, not an exception. */
export async function runTool(run: ToolRun, value: unknown): Promise<ToolAnswer> {
  const parsed = toolCall.safeParse(value);
  if (!parsed.success)
    return { ok: false, text: `invalid tool call: ${parsed.error.issues[0]?.message ?? 'malformed'}` };
  const call = parsed.data;
  try {
    const policy = await run.context.policy();
    const { decision, command } = planCall(policy, call);
    if (decision.decision === 'deny') return refuse(decision);
    const behindLinks = planResolved(policy, run, call, decision);
    if (behindLinks.decision === 'deny') return refuse(behindLinks);
    switch (call.tool) {
      case 'read_file':
        return readFile(run, call.input);
      case 'write_file':
        return writeFile(run, call.input);
      case 'edit_file':
        return editFile(run, call.input);
      case 'list_directory':
        return listDirectory(run, call.input);
      case 'search':
        return await search(run, call.input);
      case 'run_command':
        if (command === undefined) return { ok: false, text: 'the policy planned no command' };
        return await runPlanned(run, call.input, command);
    }
  } catch (error) {
    return { ok: false, text: explain(error, nameOf(call.input)) };
  }
}

function refuse({ rule, reason }: Decision): ToolAnswer {
  return { ok: false, text: `denied by policy (${rule}): ${reason}`, denied: { rule, reason } };
}

/** The policy judges names; only here is it known what a name leads to once links are followed. */
function planResolved(policy: Policy, { context }: ToolRun, call: ToolCall, planned: Decision): Decision {
  if (call.tool === 'run_command') {
    const cwd = confine(context.workspace, call.input.cwd);
    if (cwd === call.input.cwd) return planned;
    return planCall(policy, { tool: call.tool, input: { ...call.input, cwd } }).decision;
  }
  const path = confine(context.workspace, call.input.path);
  return path === call.input.path ? planned : planCall(policy, { tool: call.tool, input: { path } }).decision;
}

function nameOf(input: object): string {
  return 'path' in input && typeof input.path === 'string' ? input.path : 'the working directory';
}

const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'is a directory',
  ELOOP: 'is a symbolic link that cannot be followed here',
  ENOSPC: 'the sandbox has no space left',
  EDQUOT: 'the sandbox has no space left',
  EFBIG: 'the file would be too large',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'is not a regular file',
  EROFS: 'is read-only',
};

function explain(error: unknown, name: string): string {
  if (error instanceof PathRefusedError) return error.message;
  const meaning = MEANINGS[codeOf(error)];
  if (meaning !== undefined) return `${name === '' ? 'the workspace' : name}: ${meaning}`;
  return error instanceof Error ? error.message : String(error);
}
