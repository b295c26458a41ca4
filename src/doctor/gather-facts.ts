import { constants } from 'node:fs';
import { access, mkdir, realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '../base/deadline.js';
import { AirlockError, describeError, errors } from '../base/errors.js';
import { freeBytesOf } from '../base/free-space.js';
import type { EngineDetails, SandboxEngine } from '../sandbox/engine.js';
import type { ImageStatus, SandboxImage } from '../sandbox/image.js';
import { inspectWorkspace, nameFileSystem } from '../workspace/view/inspect-workspace.js';
import { findOverlayBlockers, type OverlayBlocker } from '../workspace/view/strategy.js';
import type { EngineAnswer, Facts, Known, Space, WorkspaceFact } from './facts.js';

/** Each question, all of which are asked at once but for the images. */
const ASK_MS = 10_000;

export interface DoctorSource {
  readonly engine: Pick<SandboxEngine, 'describe'>;
  readonly image: Pick<SandboxImage, 'status'>;
  /** Made when it is missing, as a session would: only so is it known whether it can be. */
  readonly stateDir: string;
  readonly workspace?: string | undefined;
}

/** Asks everything once. Never throws for what it finds, and never waits for longer than two deadlines. */
export async function gatherFacts(source: DoctorSource): Promise<Facts> {
  const [engine, stateSpace] = await Promise.all([
    askEngine(source.engine),
    know('looking at the folder', () => makeStateDir(source.stateDir)),
  ]);
  const details = engine.kind === 'answered' ? engine.details : undefined;
  const [workspace, overlayBlockers, engineSpace, images] = await Promise.all([
    lookAtWorkspace(source),
    blockersOf(source, details, stateSpace),
    details?.local ? know('looking at the folder', () => freeSpace(details.rootDir)) : undefined,
    details === undefined ? unknown<ImageStatus>('the engine was not reached') : imagesOf(source),
  ]);
  return { engine, workspace, overlayBlockers, stateSpace, engineSpace, images };
}

async function askEngine(engine: DoctorSource['engine']): Promise<EngineAnswer> {
  try {
    return { kind: 'answered', details: await inTime('describe', () => engine.describe()) };
  } catch (error) {
    const { code, what, nextStep } =
      error instanceof AirlockError ? error : errors.engineFailed('describe', describeError(error), error);
    return { kind: 'failed', code, what, nextStep };
  }
}

async function makeStateDir(dir: string): Promise<Space> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await access(dir, constants.W_OK);
  return freeSpace(dir);
}

async function freeSpace(dir: string): Promise<Space> {
  return { dir, freeBytes: await freeBytesOf(dir) };
}

async function lookAtWorkspace({ workspace, stateDir }: DoctorSource): Promise<WorkspaceFact> {
  if (workspace === undefined) return { kind: 'none' };
  try {
    const { root } = await inTime('workspace', () => inspectWorkspace(workspace, stateDir));
    return { kind: 'suitable', root };
  } catch (error) {
    const { what, nextStep } =
      error instanceof AirlockError ? error : errors.workspaceUnsuitable(describeError(error));
    return { kind: 'unsuitable', what, nextStep };
  }
}

async function blockersOf(
  { workspace, stateDir }: DoctorSource,
  engine: EngineDetails | undefined,
  stateSpace: Known<Space>,
): Promise<Known<readonly OverlayBlocker[]>> {
  if (engine === undefined) return unknown('the engine was not reached');
  if (stateSpace.kind === 'unknown') return stateSpace;
  return know('looking at the workspace', async () => {
    const state = await realpath(stateDir);
    const facts =
      workspace === undefined ? await factsWithoutWorkspace(state) : await inspectWorkspace(workspace, state);
    return findOverlayBlockers({
      ...facts,
      // As long as a session's own folder.
      sessionDir: join(state, 'sessions', '0'.repeat(12)),
      engineLocal: engine.local,
      engineRootless: engine.rootless,
      runtime: engine.defaultRuntime,
    });
  });
}

/** Of a folder that belongs to an ordinary user. */
async function factsWithoutWorkspace(state: string) {
  const hostUid = process.getuid?.() ?? -1;
  return {
    platform: process.platform,
    hostUid,
    root: '',
    ownerUid: hostUid === 0 ? 1000 : hostUid,
    stateFileSystem: nameFileSystem((await statfs(state)).type),
  };
}

function imagesOf({ image }: DoctorSource): Promise<Known<ImageStatus>> {
  return know('looking for the images', () => image.status());
}

async function know<T>(what: string, work: () => Promise<T>): Promise<Known<T>> {
  try {
    return { kind: 'known', value: await inTime(what, work) };
  } catch (error) {
    return unknown((error instanceof AirlockError ? error.what : describeError(error)).replace(/\.$/, ''));
  }
}

function unknown<T>(reason: string): Known<T> {
  return { kind: 'unknown', reason };
}

function inTime<T>(what: string, work: () => Promise<T>): Promise<T> {
  return withDeadline(ASK_MS, () => new Error(`${what} took more than ${ASK_MS / 1000} s`), work);
}
