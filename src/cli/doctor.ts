import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DoctorReport, Finding } from '../doctor/report.js';
import type { SandboxHost } from '../session/api.js';
import { readArguments } from './arguments.js';
import { exitStatus } from './exit-status.js';

export interface DoctorOptions {
  readonly json: boolean;
  readonly workspace: string | undefined;
  readonly stateDir: string | undefined;
}

export const doctorUsage = `airlock doctor [options]

  --workspace DIR      a folder that an agent is to work on
  --state-dir DIR      where sessions and audit logs are kept
  --json               the report as one JSON document

Looks at the container engine (found as by the other commands: DOCKER_HOST, or the default socket), the machine and the
sandbox image, and says what to mend. Ends with 1 when something fails; a warning alone ends with 0.`;

/** Reads the arguments of `airlock doctor`. Throws a `usage` error. */
export function parseDoctorOptions(argv: readonly string[]): DoctorOptions {
  const values = parse(argv);
  return {
    json: values.json ?? false,
    workspace: values.workspace === undefined ? undefined : resolve(values.workspace),
    stateDir: values['state-dir'],
  };
}

function parse(argv: readonly string[]) {
  return readArguments(() =>
    parseArgs({
      args: [...argv],
      options: {
        workspace: { type: 'string' },
        'state-dir': { type: 'string' },
        json: { type: 'boolean' },
      },
    }),
  ).values;
}

export interface DoctorOutput {
  /** Of the terminal; without one a check is one line. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** `airlock doctor`. Returns the exit status. */
export async function doctor(
  host: Pick<SandboxHost, 'doctor'>,
  { json, workspace }: DoctorOptions,
  { columns, write }: DoctorOutput,
): Promise<number> {
  const report = await host.doctor(workspace);
  write(json ? `${JSON.stringify(report)}\n` : describeReport(report, columns));
  return report.findings.some(({ status }) => status === 'fail') ? exitStatus.found : exitStatus.done;
}

/** However narrow the terminal is. */
const MIN_ROOM = 30;
const WORDS = { ok: 'ok', warn: 'WARN', fail: 'FAIL', unknown: '?' } as const;

/** A table for people: status in words, title, and what is so; what to do stands below. */
export function describeReport({ findings }: DoctorReport, columns = Number.POSITIVE_INFINITY): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const sum = `${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failed, ${count('unknown')} unknown`;
  const rows = findings.map((finding) => describeFinding(finding, width, columns));
  return `${rows.join('')}\n${sum}\n`;
}

function describeFinding(
  { title, status, reason, fix, details = [] }: Finding,
  width: number,
  columns: number,
): string {
  const indent = ' '.repeat(width + 8);
  const room = Math.max(columns - indent.length, MIN_ROOM);
  const below = [...details.map((line) => `- ${line}`), ...(fix === undefined ? [] : [`Fix: ${fix}`])];
  const [first = '', ...rest] = [reason, ...below].flatMap((text) => wrap(text, room));
  return [`${WORDS[status].padEnd(6)}${title.padEnd(width)}  ${first}`, ...rest.map((line) => indent + line)]
    .map((line) => `${line}\n`)
    .join('');
}

/** Lines of at most so many characters; a longer word stays whole, so that an address can be copied. */
function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
