import { describeError } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { type FoundSecret, findSecrets } from './find-secrets.js';
import { NewTexts } from './new-texts.js';

/** warn: the user is told, and the request goes out. block: it does not. */
export type ScanMode = 'warn' | 'block';

const MAX_TOLD = 50;

/** Looks for secrets in what goes to the model. One a session, because each request repeats the ones before. */
export class SecretScan {
  readonly #mode: ScanMode;
  readonly #tell: (text: string) => void;
  readonly #texts = new NewTexts();
  readonly #found = new Map<string, FoundSecret>();

  /** `tell` gets one sentence a secret, without the secret. */
  constructor(mode: ScanMode, tell: (text: string) => void) {
    this.#mode = mode;
    this.#tell = tell;
  }

  /** The reason why a request must not go out. What was found once blocks all that follow: they repeat it. */
  async check(json: unknown): Promise<string | undefined> {
    try {
      for (const found of await findSecrets(this.#texts.take(json).join('\n'))) this.#note(found);
    } catch (error) {
      const text = `What goes to the model could not be searched for secrets: ${describeError(error)}.`;
      this.#tell(text);
      if (this.#mode === 'block') return 'it could not be searched for secrets';
    }
    const [first] = this.#found.values();
    if (this.#mode === 'warn' || first === undefined) return undefined;
    return `the conversation holds what looks like a secret (${describe(first)}); start a session without it, or set airlock.secretScan to "warn"`;
  }

  #note(found: FoundSecret): void {
    if (this.#found.has(found.hash) || this.#found.size >= MAX_TOLD) return;
    this.#found.set(found.hash, found);
    const what = this.#mode === 'warn' ? 'goes to the model' : 'was kept from the model';
    this.#tell(`What looks like a secret ${what}: ${describe(found)}.`);
  }
}

function describe({ kind, hint }: FoundSecret): string {
  return `${toVisibleLine(kind, 100)}, beginning with ${toVisibleLine(hint, 20)}…`;
}
