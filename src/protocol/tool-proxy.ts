import * as z from 'zod';
import { limits } from './limits.js';
import { selfTestFacts } from './self-test.js';
import { toolEvent } from './tools.js';

/**
 * The road host → tool proxy: HTTP/2 over the proxy's stdio, host is the client. All are POST.
 *   /init     InitRequest → InitReply; must be the first, once.
 *   /tool     NDJSON of ToolMessage → NDJSON of ToolReply, for all calls: a stream of its own for each would take longer
 *             than a short command. Its end says that no more calls come; resetting it cancels those that run.
 *   /collect  {} → NDJSON of ChangeEntry, closed by {type:'end', count}.
 *   /fetch    FetchRequest → raw bytes of a regular file (header `airlock-size`), or 404.
 *   /absent   PathsRequest → PathsReply: those of the paths that do not exist in the merged view.
 *   /mask     MaskRequest → MaskReply: each path's file is replaced by the given text, read-only.
 *   /import   tar stream → {count}: fills an empty workspace (strategy copy).
 *   /head     {} → HeadReply: the commit that the workspace's own repository is at.
 *   /bundle   BundleRequest → a git bundle of HEAD without what `have` reaches (header `airlock-commits`: how many
 *             commits that are; none, and no bundle, when it is 0).
 * Errors of a route are status 4xx/5xx with {error: string}.
 */
export const routes = {
  init: '/init',
  tool: '/tool',
  collect: '/collect',
  fetch: '/fetch',
  absent: '/absent',
  mask: '/mask',
  import: '/import',
  head: '/head',
  bundle: '/bundle',
} as const;

export const initRequest = z.object({
  /** How the workspace was made: under `overlay` the upper layer is read at `upperDir`. */
  strategy: z.enum(['overlay', 'copy']),
  workspace: z.string().default('/workspace'),
  upperDir: z.string().default('/run/airlock/upper'),
  /** The policy snapshot; parsed with the policy's own schema. */
  policy: z.unknown(),
  /** Default time of one command, ms. */
  commandMs: z.int().default(limits.commandMs),
  outputBytes: z.int().default(limits.outputBytes),
});
export type InitRequest = z.input<typeof initRequest>;

export const initReply = z.object({
  version: z.string().max(64),
  uid: z.int(),
  gid: z.int(),
  node: z.string().max(64),
  selfTest: selfTestFacts,
});
export type InitReply = z.infer<typeof initReply>;

/** Counted by the host; no two calls of a stream have the same. */
const callNumber = z.int().min(1);

export const toolMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: callNumber, call: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: callNumber }),
]);
export type ToolMessage = z.infer<typeof toolMessage>;

/** Of each call any number of outputs, then exactly one result. */
export const toolReply = z.object({ id: callNumber, event: toolEvent });
export type ToolReply = z.infer<typeof toolReply>;

const changePath = z.string().min(1).max(4096);
/** Octal permission bits, without the file type. */
const mode = z.int().min(0).max(0o7777);

/** One path of the upper layer (overlay) or of the whole tree that may differ (copy). Not yet judged against the baseline. */
export const changeEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('file'),
    path: changePath,
    size: z.int().min(0),
    mode,
    sha256: z.string().length(64),
  }),
  z.object({ type: z.literal('symlink'), path: changePath, target: z.string().max(4096) }),
  /** `empty`: nothing at all is in it, in the merged view. */
  z.object({ type: z.literal('directory'), path: changePath, mode, empty: z.boolean() }),
  z.object({ type: z.literal('whiteout'), path: changePath }),
  /** Sockets, FIFOs, devices, or names that are not UTF-8: shown, never applied. */
  z.object({ type: z.literal('special'), path: changePath, what: z.string().max(64) }),
  z.object({ type: z.literal('end'), count: z.int().min(0) }),
]);
export type ChangeEntry = z.infer<typeof changeEntry>;

export const fetchRequest = z.object({ path: changePath });
export const pathsRequest = z.object({ paths: z.array(changePath).max(limits.changes) });
export const pathsReply = z.object({ paths: z.array(changePath).max(limits.changes) });
export const maskRequest = z.object({
  files: z.array(z.object({ path: changePath, content: z.string().max(256 * 1024) })).max(10_000),
});
export const maskReply = z.object({
  failed: z.array(z.object({ path: changePath, reason: z.string().max(512) })).max(10_000),
});
export const importReply = z.object({ count: z.int().min(0) });
/** SHA-1 or SHA-256, as git writes it. */
export const objectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
export const headReply = z.object({ head: objectId.nullable() });
export const bundleRequest = z.object({ have: z.array(objectId).max(limits.bundleHave) });
export const commitCount = z
  .string()
  .regex(/^\d{1,7}$/)
  .transform(Number);
export const routeError = z.object({ error: z.string().max(4096) });
