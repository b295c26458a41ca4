import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ignoreMissing } from '../fs-errors.js';
import { replaceFile } from '../replace-file.js';
import { writeFully } from '../write-fully.js';
import { type BundleHeader, MAX_HEADER_BYTES, readBundleHeader } from './bundle-header.js';

/** What every file of them begins with, in the session's folder. */
export const COMMITS_PREFIX = 'commits.';
/** Says that a session has commits to import, and since when. */
export const COMMITS_RECORD = `${COMMITS_PREFIX}json`;
const BUNDLE = `${COMMITS_PREFIX}bundle`;

const record = z.object({
  version: z.literal(1),
  sessionId: z.string().min(1).max(64),
  workspace: z.string().min(1).max(4096),
  /** The name of the agent. */
  agent: z.string().max(100).exactOptional(),
  tip: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** How many, by the sandbox's own word. */
  commits: z.int().min(1),
  at: z.number(),
});

/** Commits that an agent made in its sandbox and that wait to be imported. */
export type StoredCommits = z.infer<typeof record>;

/** The bundle of them, opened and looked at. */
export interface StoredBundle {
  readonly location: string;
  readonly header: BundleHeader;
}

/**
 * Keeps a bundle that comes from a sandbox, in the place of an earlier one. Throws, and keeps the earlier one, when it is
 * larger than `maxBytes` or none that could be imported.
 */
export async function saveCommits(
  dir: string,
  about: Omit<StoredCommits, 'version' | 'tip'>,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredCommits> {
  const temp = join(dir, `${BUNDLE}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeBounded(temp, bytes, maxBytes);
    const { tip } = await readHeader(temp);
    const stored: StoredCommits = { version: 1, ...about, tip };
    // Without a record there is nothing to import: never the record of one with the bytes of the other.
    await rm(join(dir, COMMITS_RECORD), { force: true });
    await rename(temp, join(dir, BUNDLE));
    await replaceFile(join(dir, COMMITS_RECORD), JSON.stringify(stored));
    return stored;
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

/** Undefined when there is none; a record that cannot be read is none either. */
export async function loadCommits(dir: string): Promise<StoredCommits | undefined> {
  const text = await readFile(join(dir, COMMITS_RECORD), 'utf8').catch(ignoreMissing);
  return text === undefined ? undefined : record.safeParse(parseJson(text)).data;
}

/** Throws when the file is not what the record says. */
export async function openBundle(dir: string, { tip }: StoredCommits): Promise<StoredBundle> {
  const location = join(dir, BUNDLE);
  const header = await readHeader(location);
  if (header.tip !== tip) throw new Error('the stored bundle is another one than it was');
  return { location, header };
}

/** Makes a folder for the time of an import; removed with the rest of them when the process dies in between. */
export async function makeScratch(dir: string): Promise<string> {
  const scratch = join(dir, `${COMMITS_PREFIX}${randomBytes(4).toString('hex')}`);
  await mkdir(scratch, { mode: 0o700 });
  return scratch;
}

/** Removes all that is kept of a session's commits. */
export async function removeCommits(dir: string): Promise<void> {
  const names = (await readdir(dir).catch(ignoreMissing)) ?? [];
  const ours = names.filter((name) => name.startsWith(COMMITS_PREFIX));
  // The record first: what is left after a crash is then nothing to import.
  for (const name of [COMMITS_RECORD, ...ours]) await rm(join(dir, name), { recursive: true, force: true });
}

async function writeBounded(
  location: string,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<void> {
  const handle = await open(location, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of bytes) {
      if (size + chunk.length > maxBytes)
        throw new Error(`they are larger than ${Math.floor(maxBytes / 2 ** 20)} MiB`);
      await writeFully(handle, chunk, size);
      size += chunk.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readHeader(location: string): Promise<BundleHeader> {
  const handle = await open(location, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0);
    const check = readBundleHeader(buffer.subarray(0, bytesRead));
    if (!check.ok) throw new Error(`what the sandbox sent cannot be used: ${check.reason}`);
    return check.header;
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: no record that we understand.
    return undefined;
  }
}
