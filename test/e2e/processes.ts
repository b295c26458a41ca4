import { execFileSync } from 'node:child_process';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The editor's extension hosts: descendants of the editor that we started, and of no other. */
export function findExtensionHosts(editorPid: number): readonly number[] {
  const all = listProcesses();
  const family = new Set([editorPid]);
  // A list by number may name a child before its parent: repeat until nothing is added.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid, command }) => family.has(pid) && command.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}

function listProcesses(): readonly Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
