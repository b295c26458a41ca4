import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planRedirect } from '../../../policy/plan-program.js';
import type { Redirect } from '../../../policy/shell/ast.js';
import { PathRefusedError, withEntry } from '../files/beneath.js';
import { expandText, expandWords } from './expand-word.js';
import { FileHandle, type Handle, type Stdio } from './handle.js';
import { describeSystemError, PathError, resolvePath } from './resolve-path.js';
import { complain, type Flow, heedFailure, type Shell } from './shell.js';

const DEVICE = '/dev/null';
const TEMPORARY = '/tmp';
const O_CLOEXEC = 0o2000000;

type FileRedirect = Extract<Redirect, { kind: 'file' }>;
type Mode = FileRedirect['mode'];

/** Runs `body` with the redirections in place; when one of them fails, it does not run and the status is 1. */
export async function withRedirects(
  shell: Shell,
  redirects: readonly Redirect[],
  body: (shell: Shell) => Promise<Flow>,
): Promise<Flow> {
  if (redirects.length === 0) return body(shell);
  const opened: Handle[] = [];
  let inner = shell;
  try {
    for (const redirect of redirects) {
      const handle = await openRedirect(inner, redirect, opened);
      if (typeof handle === 'string') {
        // Where standard error leads by now, as in bash.
        await complain(inner, handle);
        shell.state.status = 1;
        return heedFailure(shell);
      }
      inner = { ...inner, stdio: replace(inner.stdio, redirect, handle) };
    }
    return await body(inner);
  } finally {
    for (const handle of opened) handle.close();
  }
}

function replace(stdio: Stdio, redirect: Redirect, handle: Handle): Stdio {
  const takes = (fd: number) =>
    redirect.kind === 'file' && redirect.both ? fd === 1 || fd === 2 : fd === redirect.fd;
  const [stdin, stdout, stderr] = stdio;
  return [takes(0) ? handle : stdin, takes(1) ? handle : stdout, takes(2) ? handle : stderr];
}

/** The handle, or what went wrong. */
async function openRedirect(shell: Shell, redirect: Redirect, opened: Handle[]): Promise<Handle | string> {
  if (redirect.kind === 'duplicate') {
    const handle = shell.stdio[redirect.from];
    return handle ?? `${redirect.from}: Bad file descriptor`;
  }
  const [name, open] =
    redirect.kind === 'text'
      ? ['cannot create temp file for here-document', await prepareText(shell, redirect)]
      : await prepareFile(shell, redirect);
  if (open === undefined) return `${name}: ambiguous redirect`;
  try {
    const handle = new FileHandle(open());
    opened.push(handle);
    return handle;
  } catch (error) {
    return `${name}: ${describeSystemError(error)}`;
  }
}

type Opener = () => number;

async function prepareFile(
  shell: Shell,
  { target, mode }: FileRedirect,
): Promise<readonly [name: string, open: Opener | undefined]> {
  const words = await expandWords(shell, [target]);
  const [name] = words;
  if (name === undefined || words.length > 1) return [nameOf(target), undefined];
  return [name, () => openTarget(shell, mode, name)];
}

/** As it was written, as far as a message needs it. */
function nameOf({ parts }: FileRedirect['target']): string {
  return parts
    .map((part) => {
      if (part.kind === 'variable') return `$${part.name}`;
      if (part.kind === 'substitution') return '$(…)';
      if (part.kind === 'arithmetic') return '$((…))';
      if (part.kind === 'parameter') return `\${${part.name}…}`;
      return part.kind === 'glob' ? part.pattern : part.text;
    })
    .join('');
}

/** A descriptor of what the policy admits under this name; a denial stops the script. Throws the system's error. */
export function openTarget(shell: Shell, mode: Mode, name: string): number {
  const { policy, root } = shell.run.parts;
  const cwd = shell.state.directory.physical;
  const access = mode === 'read' ? 'read' : 'write';
  const judge = (target: string, from: string) => {
    const decision = planRedirect(policy, access, target, from);
    if (decision.decision === 'deny') shell.run.fail({ kind: 'denied', decision });
  };
  judge(name, cwd);
  // open(2): what is to be made there could only be a directory.
  if (mode !== 'read' && name.endsWith('/')) throw new PathError('Is a directory');
  if (name === DEVICE) return openSync(DEVICE, flagsFor(mode));
  // The policy has admitted it, so any program may write there.
  const outside = policy.anyCommand && name.startsWith(`${TEMPORARY}/`);
  const base = outside ? TEMPORARY : root;
  const path = resolveTarget(shell, base, cwd, name);
  // The name was judged; now what it leads to.
  if (!outside) judge(path, '');
  const fd = withEntry(base, path, false, (entry) =>
    openSync(entry, flagsFor(mode) | constants.O_NOFOLLOW | constants.O_NONBLOCK | O_CLOEXEC, 0o666),
  );
  const stat = fstatSync(fd);
  if (stat.isFile() || stat.isDirectory()) return fd;
  closeSync(fd);
  return shell.run.fail({ kind: 'denied', decision: refusal(`"${name}" is no regular file`) });
}

function resolveTarget(shell: Shell, root: string, cwd: string, name: string): string {
  try {
    return resolvePath(root, cwd, name);
  } catch (error) {
    if (!(error instanceof PathRefusedError)) throw error;
    return shell.run.fail({ kind: 'denied', decision: refusal(error.message) });
  }
}

function refusal(reason: string) {
  return { decision: 'deny', rule: 'redirect.path', reason } as const;
}

function flagsFor(mode: Mode): number {
  const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants;
  switch (mode) {
    case 'read':
      return O_RDONLY;
    case 'write':
      return O_WRONLY | O_CREAT | O_TRUNC;
    case 'append':
      return O_WRONLY | O_CREAT | O_APPEND;
  }
}

/** The text in a file that has no name any more. */
async function prepareText(shell: Shell, redirect: Extract<Redirect, { kind: 'text' }>): Promise<Opener> {
  const text = await expandText(shell, redirect.text);
  return () => {
    const name = join(tmpdir(), `heredoc-${randomUUID()}`);
    try {
      writeFileSync(name, text, { flag: 'wx', mode: 0o600 });
      return openSync(name, constants.O_RDONLY | constants.O_NOFOLLOW);
    } finally {
      rmSync(name, { force: true });
    }
  };
}
