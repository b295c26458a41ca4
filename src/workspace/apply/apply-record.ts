import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../fs-errors.js';
import { syncDir } from '../replace-file.js';
import { type Journal, saveJournal } from './journal.js';
import { KeptBytes } from './kept-bytes.js';

const ID = /^\d{13}-[0-9a-f]{8}$/;

/** The folder of one apply: its journal, and the bytes that it replaces. */
export class ApplyRecord {
  readonly kept: KeptBytes;

  private constructor(
    readonly dir: string,
    readonly id: string,
    kept: Journal['kept'],
  ) {
    this.kept = new KeptBytes(join(dir, 'replaced'), kept);
  }

  static async create(appliesDir: string, now: number): Promise<ApplyRecord> {
    const id = `${String(now).padStart(13, '0')}-${randomBytes(4).toString('hex')}`;
    const record = new ApplyRecord(join(appliesDir, id), id, []);
    await mkdir(record.dir, { recursive: true, mode: 0o700 });
    return record;
  }

  static of(appliesDir: string, journal: Pick<Journal, 'id' | 'kept'>): ApplyRecord {
    return new ApplyRecord(join(appliesDir, journal.id), journal.id, journal.kept);
  }

  async save(journal: Journal): Promise<void> {
    await saveJournal(this.dir, journal);
  }

  async remove(): Promise<void> {
    await this.kept.close();
    await rm(this.dir, { recursive: true, force: true });
    await syncDir(join(this.dir, '..'));
  }
}

/** The applies of a workspace that are written down, oldest first. */
export async function listApplyIds(appliesDir: string): Promise<readonly string[]> {
  try {
    return (await readdir(appliesDir)).filter((name) => ID.test(name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
