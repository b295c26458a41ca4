import type { ServerHttp2Stream } from 'node:http2';
import { routes } from '../../protocol/tool-proxy.js';
import type { ProcessTree } from '../process/process-tree.js';
import type { ChangeSource } from './changes/collect.js';
import type { Context } from './context.js';
import { Exchange, RouteError } from './exchange.js';

/** After /init: the agent's own start needs the processor first. */
const WARM_UP_MS = 200;

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'initialising' }
  | { readonly kind: 'importing' }
  | { readonly kind: 'ready'; readonly context: Context; readonly source: ChangeSource | undefined };

type Ready = Extract<State, { kind: 'ready' }>;

/** Answers the host's requests. Every part that /init does not need is loaded when it is first asked for. */
export class ToolProxy {
  readonly #tree: ProcessTree;
  #state: State = { kind: 'waiting' };

  constructor(tree: ProcessTree) {
    this.#tree = tree;
  }

  async serve(stream: ServerHttp2Stream, path: string): Promise<void> {
    const exchange = new Exchange(stream);
    try {
      await this.#route(exchange, path);
    } catch (error) {
      exchange.fail(error);
    }
  }

  async #route(exchange: Exchange, path: string): Promise<void> {
    if (path === routes.init) return this.#init(exchange);
    const state = this.#state;
    if (state.kind !== 'ready') throw new RouteError(409, `not ready: ${state.kind}`);
    const { context } = state;
    switch (path) {
      case routes.tool:
        return (await import('./routes/tool.js')).handleTool(context, exchange);
      case routes.collect:
        return (await import('./routes/collect.js')).handleCollect(context, requireSource(state), exchange);
      case routes.fetch:
        return (await import('./routes/fetch.js')).handleFetch(context, exchange);
      case routes.absent:
        return (await import('./routes/absent.js')).handleAbsent(context, exchange);
      case routes.mask:
        return (await import('./routes/mask.js')).handleMask(context, exchange);
      case routes.head:
        return (await import('./routes/head.js')).handleHead(context, exchange);
      case routes.bundle:
        return (await import('./routes/bundle.js')).handleBundle(context, exchange);
      case routes.import:
        return this.#import(state, exchange);
      default:
        throw new RouteError(404, 'no such route');
    }
  }

  async #init(exchange: Exchange): Promise<void> {
    if (this.#state.kind !== 'waiting') throw new RouteError(409, 'init was already done');
    this.#state = { kind: 'initialising' };
    try {
      const { describeProxy, handleInit } = await import('./routes/init.js');
      // Before the agent can have had a tool started.
      const reply = describeProxy();
      reply.catch(() => undefined);
      const context = await handleInit(this.#tree, exchange);
      const { strategy, upperDir } = context;
      this.#state = {
        kind: 'ready',
        context,
        source: strategy === 'overlay' ? { kind: 'overlay', upperDir } : undefined,
      };
      exchange.sendJson(await reply);
      // Loaded while the model thinks, so that the first tool call does not wait for it.
      setTimeout(() => void warmUp(context), WARM_UP_MS);
    } finally {
      if (this.#state.kind === 'initialising') this.#state = { kind: 'waiting' };
    }
  }

  /** Nothing else is served meanwhile, and a failed import leaves a workspace that nothing can be done with. */
  async #import({ context, source }: Ready, exchange: Exchange): Promise<void> {
    if (context.strategy !== 'copy' || source !== undefined)
      throw new RouteError(409, 'nothing to import now');
    this.#state = { kind: 'importing' };
    const { handleImport } = await import('./routes/import.js');
    const identities = await handleImport(context, exchange);
    this.#state = { kind: 'ready', context, source: { kind: 'copy', identities } };
  }
}

function requireSource({ source }: Ready): ChangeSource {
  if (source === undefined) throw new RouteError(409, 'the workspace was not imported');
  return source;
}

export async function loadEverything(): Promise<void> {
  await Promise.all([
    import('../../policy/policy.js'),
    import('./routes/init.js'),
    import('./routes/tool.js'),
    import('./routes/collect.js'),
    import('./routes/fetch.js'),
    import('./routes/absent.js'),
    import('./routes/mask.js'),
    import('./routes/import.js'),
    import('./routes/head.js'),
    import('./routes/bundle.js'),
  ]);
}

async function warmUp(context: Context): Promise<void> {
  await import('./routes/tool.js');
  // Refused with its reason at every call.
  await context.policy().catch(() => undefined);
}
