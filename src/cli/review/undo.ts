import { dirname } from 'node:path';
import type * as z from 'zod';
import { reviewErrors } from '../../base/review-errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { ReviewDesk, TakenBack } from '../../session/reviews/review-desk.js';
import type { Applied } from '../../workspace/apply/undo.js';
import { exitStatus } from '../exit-status.js';
import { findSession, pathBelow, resolveFolder } from './choose-review.js';
import { plural, printJson, type ReviewContext } from './context.js';
import { toTime, undoDocument } from './documents.js';
import type { OptionsOf } from './options.js';
import { showPath } from './select-changes.js';

type UndoDocument = z.infer<typeof undoDocument>;

interface Applies {
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly base: string;
  /** Newest first. */
  readonly applied: readonly Applied[];
}

/** `airlock undo` */
export async function undoApply({ desk, io }: ReviewContext, options: OptionsOf<'undo'>): Promise<number> {
  const applies = await findApplies(desk, options, io.cwd);
  if (options.list) {
    const document: UndoDocument = {
      version: 1,
      workspace: applies.workspace,
      applies: applies.applied.map(({ id, sessionId, at, paths }) => ({
        id,
        session: sessionId,
        at: toTime(at),
        paths: [...paths],
      })),
    };
    if (options.json) await printJson(io, undoDocument, document);
    else await io.write(renderList(document));
    return exitStatus.done;
  }
  const apply = chooseApply(applies, options.id);
  const taken = await desk.undo(applies.workspace, apply, options);
  if (taken.kind === 'none') throw nothingToUndo(applies.workspace);
  const undone = taken.kind === 'undone' ? taken.undone : [];
  const stayed = apply.paths.filter((path) => !undone.includes(path));
  const document: UndoDocument = {
    version: 1,
    workspace: applies.workspace,
    undone: { id: apply.id, session: apply.sessionId, paths: [...undone] },
    stayed,
  };
  if (options.json) await printJson(io, undoDocument, document);
  else await io.write(renderUndone(document, taken, applies));
  const isDone = stayed.length === 0 || (options.skipEdited && undone.length > 0);
  return isDone ? exitStatus.done : exitStatus.undone;
}

/** Of the session's workspace, or of the innermost folder around the user's in which something was applied. */
async function findApplies(
  desk: ReviewDesk,
  { session, workspace }: OptionsOf<'undo'>,
  cwd: string,
): Promise<Applies> {
  const current = await resolveFolder(cwd);
  const where = workspace === undefined ? current : await resolveFolder(workspace);
  const stored = session === undefined ? undefined : findSession(await desk.list(), session);
  for (let folder = stored?.workspace ?? where; ; folder = dirname(folder)) {
    const found = await desk.applied(folder);
    const applied =
      stored === undefined ? found : found.filter(({ sessionId }) => sessionId === stored.sessionId);
    const base = pathBelow(folder, current) ?? pathBelow(folder, where) ?? '';
    if (applied.length > 0) return { workspace: folder, base, applied };
    if (stored !== undefined || dirname(folder) === folder) throw nothingToUndo(stored?.workspace ?? where);
  }
}

function chooseApply({ applied, workspace }: Applies, beginning: string | undefined): Applied {
  const [one, ...others] = applied.filter(({ id }) => id.startsWith(beginning ?? ''));
  if (one === undefined)
    throw reviewErrors.missing(
      `No apply in ${toVisibleLine(workspace)} has an id that begins with "${toVisibleLine(beginning ?? '', 50)}".`,
      'See `airlock undo --list`.',
    );
  if (beginning !== undefined && others.length > 0)
    throw reviewErrors.missing(
      `${others.length + 1} applies have an id that begins with "${toVisibleLine(beginning, 50)}".`,
      'See `airlock undo --list`, and give more of it.',
    );
  return one;
}

function nothingToUndo(where: string) {
  return reviewErrors.missing(
    `Nothing that was applied in ${toVisibleLine(where)} can be taken back.`,
    'The last 20 applies of a workspace are kept; give --state-dir if the run had one.',
  );
}

function renderList({ workspace, applies = [] }: UndoDocument): string {
  const lines = applies.map(
    ({ id, session, at, paths }) =>
      `${id}  ${at}  session ${session}  ${plural(paths.length, 'file')}: ${paths
        .slice(0, 3)
        .map((path) => toVisibleLine(path, 100))
        .join(', ')}${paths.length > 3 ? ', …' : ''}\n`,
  );
  return `Applied in ${toVisibleLine(workspace)}, newest first:\n${lines.join('')}`;
}

type Taken = Exclude<TakenBack, { kind: 'none' }>;

function renderUndone({ undone, stayed = [] }: UndoDocument, taken: Taken, place: Applies): string {
  const edited = new Set(taken.kind === 'edited' ? taken.paths : stayed);
  const lines = [
    ...(undone?.paths ?? []).map((path) => `undone     ${showPath(path, place)}\n`),
    ...[...edited].map((path) => `left       ${showPath(path, place)}: edited since it was applied\n`),
  ];
  return `${lines.join('')}${summarise(taken)}\n`;
}

function summarise(taken: Taken): string {
  if (taken.kind === 'edited')
    return `Nothing was taken back.${taken.others > 0 ? ` \`airlock undo --skip-edited\` takes back the other ${taken.others}.` : ''}`;
  const count = `${plural(taken.undone.length, 'change')} taken back`;
  return taken.review === undefined ? `${count}. Their review is gone.` : `${count}, to be reviewed again.`;
}
