import * as z from 'zod';
import { limits } from './limits.js';

/**
 * The road bridge → host: HTTP/2 over the bridge's stdio, host is the server. All are POST. Which agent to start
 * is an AgentSpec as JSON in the environment that the container was made with, so that no round trip precedes it.
 *   /agent/stdio    duplex: request body is the agent's stdout, response body its stdin (ACP, NDJSON);
 *                   the header `airlock-version` names the protocol's version.
 *   /agent/stderr   request body is the agent's stderr.
 *   /self-test      SelfTestFacts → {}: once, before an agent that is a program starts. A refusal ends the bridge.
 *   /agent/start    {} → {}: asked before a contained agent is started, answered when the workspace is ready.
 *   /agent/processes request body is NDJSON of StartedProcess, of a contained agent.
 *   /agent/exit     AgentExit → ExitAnswer: whether the agent is to be started once more.
 *   /tools/<name>   tool input as JSON → NDJSON of ToolEvent; a reset cancels the call.
 *   /llm/<path>     a model call: the original method in `airlock-method`, path and query after /llm.
 * Inside the container the bridge listens on 127.0.0.1 for /tools/<name>, /llm/… and /mcp from the agent uid,
 * with `Authorization: Bearer <token>` or `x-api-key: <token>`; the token is the bridge's own random one.
 */
export const agentVariable = 'AIRLOCK_AGENT';

/**
 * Where an agent that is a program works: an empty folder of its own, since it may not enter the workspace. The MCP
 * broker reads a path below it as one of the workspace.
 */
export const agentCwd = '/home/agent/workspace';

/**
 * An agent that is a program. `{token}`, `{port}` and `{home}` in its texts are filled in by the bridge.
 */
export const programSpec = z.object({
  kind: z.literal('program'),
  command: z.string().max(4096),
  args: z.array(z.string().max(32_768)).max(200),
  env: z.record(z.string().max(256), z.string().max(65_536)),
  cwd: z.string().max(4096),
  /** Text files the bridge makes in the agent's HOME before the start, by their path below it. */
  files: z.record(z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]{1,256}$/), z.string().max(65_536)).default({}),
  /** It runs with the tool proxy's uid in the workspace itself, and waits until that is ready. */
  contained: z.boolean().default(false),
});
export type ProgramSpec = z.infer<typeof programSpec>;

/** The agent that Airlock brings; it runs in the bridge's own process, whose uid and trust it shares. */
export const builtinSpec = z.object({
  kind: z.literal('builtin'),
  provider: z.enum(['anthropic', 'openai']),
  model: z.string().min(1).max(256),
  /** Model calls of one prompt, at most. */
  maxTurns: z.int().min(1).max(10_000).default(50),
});
export type BuiltinSpec = z.infer<typeof builtinSpec>;

export const agentSpec = z.discriminatedUnion('kind', [programSpec, builtinSpec]);
export type AgentSpec = z.input<typeof agentSpec>;

export const agentExit = z.object({ exitCode: z.int().nullable(), signal: z.string().max(32).nullable() });
export type AgentExit = z.infer<typeof agentExit>;

export const exitAnswer = z.object({ restart: z.boolean().default(false) });
export type ExitAnswer = z.infer<typeof exitAnswer>;

/** A program that a contained agent started, as /proc showed it. */
export const startedProcess = z.object({
  pid: z.int().min(1),
  parent: z.int().min(0),
  /** Its arguments, cut. */
  argv: z.array(z.string().max(1000)).max(50),
});
export type StartedProcess = z.infer<typeof startedProcess>;

export const maxModelBodyBytes = 32 * 1024 * 1024;
export const maxToolBodyBytes = limits.jsonBytes;
