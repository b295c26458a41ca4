import { createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type ExportFormat, exportFormats, exportLog } from '../audit/export/export-log.js';
import { type Verification, verifyAuditLog } from '../audit/verify.js';
import { describeError, errors } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import { readArguments } from './arguments.js';
import { exitStatus } from './exit-status.js';

export const auditUsage = `airlock audit verify FILE… [--json]
airlock audit export FILE [--format jsonl|otlp|markdown] [--output FILE]

  verify     finds a changed, removed, added or moved line and a cut end; ends with 1 when it finds one. Logs are below
             audit/ of the state folder, with a file .head beside each. Who can write both can make another whole log:
             compare the printed SHA-256 with a copy kept elsewhere.
  --format   JSON lines of the records (default), OpenTelemetry logs (OTLP/JSON lines), or a report for people
  --output   a new file instead of the terminal`;

export type AuditOptions =
  | { readonly kind: 'verify'; readonly files: readonly string[]; readonly json: boolean }
  | {
      readonly kind: 'export';
      readonly file: string;
      readonly format: ExportFormat;
      readonly output: string | undefined;
    };

/** Reads the arguments of `airlock audit`. Throws a `usage` error. */
export function parseAuditOptions([action, ...args]: readonly string[]): AuditOptions {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw errors.usage('Name an audit log.');
  if (action === 'verify') return { kind: 'verify', files: positionals, json: values.json ?? false };
  if (action !== 'export') throw errors.usage('`airlock audit` is followed by verify or export.');
  if (others.length > 0) throw errors.usage('Name one audit log.');
  const format = exportFormats.find((name) => name === (values.format ?? 'jsonl'));
  if (format === undefined) throw errors.usage(`--format is one of ${exportFormats.join(', ')}.`);
  return { kind: 'export', file, format, output: values.output };
}

function parse(args: readonly string[]) {
  return readArguments(() =>
    parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, format: { type: 'string' }, output: { type: 'string' } },
      allowPositionals: true,
    }),
  );
}

/** `airlock audit …`. Returns the exit status. */
export async function runAudit(options: AuditOptions, stdout: Writable): Promise<number> {
  if (options.kind === 'verify') return verify(options, stdout);
  await mustBeThere(options.file);
  const text = Readable.from(exportLog(options.file, options.format));
  if (options.output === undefined) await pipeline(text, stdout, { end: false });
  else await writeNew(options.output, text);
  return exitStatus.done;
}

async function verify(
  { files, json }: Extract<AuditOptions, { kind: 'verify' }>,
  stdout: Writable,
): Promise<number> {
  let isBroken = false;
  for (const file of files) {
    await mustBeThere(file);
    const found = await verifyAuditLog(file);
    isBroken ||= found.kind === 'broken';
    stdout.write(json ? `${JSON.stringify({ file, ...found })}\n` : describe(file, found));
  }
  return isBroken ? exitStatus.found : exitStatus.done;
}

function describe(file: string, found: Verification): string {
  const name = toVisibleLine(file);
  if (found.kind === 'broken')
    return `${name}: BROKEN at line ${found.line}: ${toVisibleLine(found.reason)}\n`;
  const end = found.ended ? '' : ' (the session did not end in it: it was cut short, or still runs)';
  return `${name}: whole, ${found.lines} records${end}, SHA-256 of the last ${found.sha256}\n`;
}

/** Never over a file that is there. */
async function writeNew(output: string, text: Readable): Promise<void> {
  try {
    await pipeline(text, createWriteStream(output, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw errors.usage(`"${toVisibleLine(output)}" cannot be written: ${describeError(error)}.`);
  }
}

async function mustBeThere(file: string): Promise<void> {
  try {
    await access(file);
  } catch (error) {
    throw errors.usage(`"${toVisibleLine(file)}" cannot be read: ${describeError(error)}.`);
  }
}
