import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { BridgeAddress } from '../agent/bridge-http.js';

const bridgeFile = z.object({ port: z.int().min(1).max(65_535), token: z.string().min(16).max(512) });

/** Where the bridge is and what opens it, from the file it made in the agent's HOME. Throws when there is none. */
export async function findBridge(): Promise<BridgeAddress> {
  const text = await readFile(join(homedir(), '.airlock', 'bridge.json'), 'utf8');
  const { port, token } = bridgeFile.parse(JSON.parse(text));
  return { port: async () => port, token };
}
