import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { type AgentConnection, connectAgent } from '../../../src/agents/acp-client.js';
import type { AgentUpdate, PermissionAnswer, PermissionQuestion } from '../../../src/agents/updates.js';

// What every script begins with: `say` writes a message; `onPrompt` is called with the prompt's request.
const PRELUDE = `
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const update = (update) => say({ method: 'session/update', params: { sessionId: 's', update } });
const text = (text) => update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
const answer = (message) => {
  if (message.method === 'initialize') say({ id: message.id, result: { protocolVersion: 1 } });
  else if (message.method === 'session/new') say({ id: message.id, result: { sessionId: 's' } });
  else if (message.method === 'session/prompt') onPrompt(message);
  else onOther(message);
};
let pending = '';
process.stdin.on('data', (chunk) => {
  const lines = (pending + chunk).split('\\n');
  pending = lines.pop();
  for (const line of lines) answer(JSON.parse(line));
});
process.stdin.on('end', () => process.exit(0));
var onOther = () => undefined;
`;

export interface HostileAgent {
  readonly connection: AgentConnection;
  readonly updates: AgentUpdate[];
  readonly questions: PermissionQuestion[];
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Runs `script` as an agent in a process of its own. */
export function startHostile(script: string, answer: PermissionAnswer = 'deny'): HostileAgent {
  const child = spawn(process.execPath, ['-e', PRELUDE + script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const updates: AgentUpdate[] = [];
  const questions: PermissionQuestion[] = [];
  const connection = connectAgent(
    Duplex.from({ readable: child.stdout, writable: child.stdin }),
    {
      onUpdate: (update) => updates.push(update),
      onPermission: async (question) => {
        questions.push(question);
        return answer;
      },
    },
    { startMs: 3000, cancelMs: 300 },
  );
  return {
    connection,
    updates,
    questions,
    child,
    async stop() {
      connection.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
    },
  };
}
