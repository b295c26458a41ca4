import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeError, errors } from '../base/errors.js';
import type { DoctorReport, Finding } from '../doctor/report.js';
import type { SandboxHost } from '../session/api.js';
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
  try {
    return parseArgs({
      args: [...argv],
      options: {
        workspace: { type: 'string' },
        'state-dir': { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw errors.usage(`${describeError(error)}.`);
  }
}

/** `airlock doctor`. Returns the exit status. */
export async function doctor(
  host: Pick<SandboxHost, 'doctor'>,
  { json, workspace }: DoctorOptions,
  write: (text: string) => void,
): Promise<number> {
  const report = await host.doctor(workspace);
  write(json ? `${JSON.stringify(report)}\n` : describeReport(report));
  return report.findings.some(({ status }) => status === 'fail') ? exitStatus.found : exitStatus.done;
}

const WORDS = { ok: 'ok', warn: 'WARN', fail: 'FAIL', unknown: '?' } as const;

function describeReport({ findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const sum = `${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failed, ${count('unknown')} unknown`;
  return `${findings.map((finding) => describeFinding(finding, width)).join('')}\n${sum}\n`;
}

function describeFinding({ title, status, reason, fix, details = [] }: Finding, width: number): string {
  const indent = ' '.repeat(width + 8);
  const more = [...details.map((line) => `- ${line}`), ...(fix === undefined ? [] : [`Fix: ${fix}`])];
  return [
    `${WORDS[status].padEnd(6)}${title.padEnd(width)}  ${reason}\n`,
    ...more.map((line) => `${indent}${line}\n`),
  ].join('');
}
