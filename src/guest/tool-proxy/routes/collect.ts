import { type ChangeSource, collectChanges } from '../changes/collect.js';
import type { Context } from '../context.js';
import type { Exchange } from '../exchange.js';

export async function handleCollect(
  context: Context,
  source: ChangeSource,
  exchange: Exchange,
): Promise<void> {
  const entries = await collectChanges(context.workspace, source);
  for (const entry of entries) await exchange.sendLine(entry);
  await exchange.sendLine({ type: 'end', count: entries.length });
  exchange.stream.end();
}
