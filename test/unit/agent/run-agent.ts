import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { type AgentConnection, connectAgent } from '../../../src/agents/acp-client.js';
import type { AgentUpdate } from '../../../src/agents/updates.js';
import type { ScriptInput } from '../../model-server/script.js';
import { type ModelServer, startModelServer } from '../../model-server/server.js';
import { type Front, startFront, type ToolAnswer } from './front.js';

export interface RunningAgent {
  readonly connection: AgentConnection;
  readonly updates: AgentUpdate[];
  readonly model: ModelServer;
  readonly front: Front;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly provider: 'anthropic' | 'openai';
  readonly script: ScriptInput;
  readonly tools?: ToolAnswer;
  readonly maxTurns?: number;
  /** A model at another address than the scripted one. */
  readonly modelUrl?: string;
}

const okTool: ToolAnswer = (name) => ({ type: 'result', ok: true, text: `${name} ran` });

/** The built-in agent as it ships, with our own client before it and the scripted model behind it. */
export async function runAgent(options: RunOptions): Promise<RunningAgent> {
  const bundle = join(process.cwd(), 'out', 'agent.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: run "npm run build" first`);
  const model = await startModelServer({ script: options.script });
  const front = await startFront(options.modelUrl ?? model.url, options.tools ?? okTool);
  const child = spawn(process.execPath, [bundle], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      AIRLOCK_PORT: String(front.port),
      AIRLOCK_TOKEN: front.token,
      AIRLOCK_PROVIDER: options.provider,
      AIRLOCK_MODEL: 'scripted',
      ...(options.maxTurns === undefined ? {} : { AIRLOCK_MAX_TURNS: String(options.maxTurns) }),
    },
  });
  const updates: AgentUpdate[] = [];
  const connection = connectAgent(joinStdio(child), {
    onUpdate: (update) => updates.push(update),
    onPermission: async () => 'deny',
  });
  return {
    connection,
    updates,
    model,
    front,
    child,
    async stop() {
      const exited = child.exitCode ?? new Promise((resolve) => child.once('exit', resolve));
      connection.close();
      await exited;
      await front.close();
      await model.close();
    },
  };
}

export function joinStdio({ stdin, stdout }: ChildProcess): Duplex {
  if (stdin === null || stdout === null) throw new Error('the child has no stdio');
  return Duplex.from({ readable: stdout, writable: stdin });
}

export function textOf(updates: readonly AgentUpdate[]): string {
  return updates.flatMap((update) => (update.type === 'text' ? [update.text] : [])).join('');
}
