import { Emitter } from '../../base/emitter.js';
import type { SandboxHost, StoredCommits } from '../../session/api.js';

/** The commits of agents that wait to be imported into this window's folders. */
export class WaitingCommits {
  readonly #changed = new Emitter<void>();
  readonly #folders: () => readonly string[];
  #list: readonly StoredCommits[] = [];

  constructor(folders: () => readonly string[]) {
    this.#folders = folders;
  }

  /** As they were at the last refresh, newest first. */
  list(): readonly StoredCommits[] {
    return this.#list;
  }

  sessionIds(): readonly string[] {
    return this.#list.map(({ sessionId }) => sessionId);
  }

  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  async refresh(host: Pick<SandboxHost, 'agentCommits'>): Promise<void> {
    const found = await Promise.all(this.#folders().map((folder) => host.agentCommits(folder)));
    this.#list = found.flat().sort((a, b) => b.at - a.at);
    this.#changed.emit();
  }
}
