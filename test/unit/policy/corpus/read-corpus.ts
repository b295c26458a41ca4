import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One command line and what is right for it under a preset; a line of a `.jsonl` file. */
const corpusRecord = z.strictObject({
  preset: z.enum(['developer', 'read-only']),
  command: z.string().min(1),
  /** What an attack would reach, or what a benign line is for. */
  why: z.string().min(10),
  /** The public place that it, or its form, comes from. */
  source: z.string().min(4),
});

export type CorpusRecord = z.infer<typeof corpusRecord> & {
  /** `theme:line`, to find it again. */
  readonly place: string;
};

/** Attacks must not be allowed; benign lines must be. */
export type CorpusKind = 'attacks' | 'benign';

/** Every record of a kind, in the order of its files. Throws at the first line that is no record. */
export function readCorpus(kind: CorpusKind): CorpusRecord[] {
  const folder = join(process.cwd(), 'test/unit/policy/corpus', kind);
  const files = readdirSync(folder).sort();
  return files.flatMap((file) => readTheme(join(folder, file), `${kind}/${file}`));
}

function readTheme(path: string, name: string): CorpusRecord[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const place = `${name}:${index + 1}`;
    return { ...parseLine(line, place), place };
  });
}

function parseLine(line: string, place: string): z.infer<typeof corpusRecord> {
  try {
    return corpusRecord.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`${place} is no corpus record`, { cause });
  }
}
