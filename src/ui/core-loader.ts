import type { SandboxHost } from '../session/api.js';

/** Loads the session core at first use, once; a failed try may be repeated. */
export class CoreLoader {
  readonly #load: () => Promise<SandboxHost>;
  #host: Promise<SandboxHost> | undefined;

  constructor(load: () => Promise<SandboxHost>) {
    this.#load = load;
  }

  get isLoaded(): boolean {
    return this.#host !== undefined;
  }

  async host(): Promise<SandboxHost> {
    this.#host ??= this.#load();
    try {
      return await this.#host;
    } catch (error) {
      this.#host = undefined;
      throw error;
    }
  }

  /** Stops every session, when the core was ever loaded. */
  async dispose(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    await (await host)?.dispose();
  }
}
