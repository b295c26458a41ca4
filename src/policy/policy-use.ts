/** One program that ran or was to run, as a log has it. Text is untrusted. */
export interface UsedCommand {
  readonly text: string;
  readonly decision: 'allow' | 'ask' | 'deny';
  readonly rule: string;
}

/** What sessions asked of the policy, added up. */
export interface PolicyUse {
  readonly sessions: number;
  readonly calls: number;
  /** Rule id → how often it allowed something. */
  readonly allowed: ReadonlyMap<string, number>;
  /** Words of allowed commands: a program may also run inside another (`timeout 5 npm test`). */
  readonly words: ReadonlySet<string>;
  readonly denied: readonly Denial[];
}

export interface Denial {
  readonly rule: string;
  /** The program, or '' for what is no command. */
  readonly program: string;
  readonly count: number;
  /** The first few, shortened. */
  readonly examples: readonly string[];
}

/** One tool request of a log. */
export interface UsedCall {
  readonly summary: string;
  readonly decision: 'allow' | 'ask' | 'deny';
  readonly rule: string;
  readonly commands: readonly UsedCommand[];
}

const MAX_GROUPS = 5000;
const MAX_WORDS = 50_000;
const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_CHARS = 120;

/** Adds up tool requests; bounded, whatever the logs hold. */
export class UseCollector {
  readonly #allowed = new Map<string, number>();
  readonly #words = new Set<string>();
  readonly #denied = new Map<string, { rule: string; program: string; count: number; examples: string[] }>();
  #sessions = 0;
  #calls = 0;

  addSession(): void {
    this.#sessions += 1;
  }

  addCall({ summary, decision, rule, commands }: UsedCall): void {
    this.#calls += 1;
    for (const part of commands) {
      if (part.decision === 'deny') continue;
      this.#countAllowed(part.rule);
      this.#addWords(part.text);
    }
    if (decision !== 'deny') {
      if (commands.length === 0) this.#countAllowed(rule);
      if (commands.length === 0) this.#addWords(summary);
      return;
    }
    const refused = commands.find((part) => part.decision === 'deny');
    this.#addDenial(refused?.rule ?? rule, refused?.text ?? summary, refused !== undefined);
  }

  finish(): PolicyUse {
    return {
      sessions: this.#sessions,
      calls: this.#calls,
      allowed: this.#allowed,
      words: this.#words,
      denied: [...this.#denied.values()].sort((a, b) => b.count - a.count),
    };
  }

  #countAllowed(rule: string): void {
    if (this.#allowed.size < MAX_GROUPS || this.#allowed.has(rule))
      this.#allowed.set(rule, (this.#allowed.get(rule) ?? 0) + 1);
  }

  #addWords(text: string): void {
    for (const word of text.split(/[\s;|&()<>'"=/]+/)) {
      if (this.#words.size >= MAX_WORDS) return;
      if (word !== '' && word.length <= 64) this.#words.add(word);
    }
  }

  #addDenial(rule: string, text: string, isCommand: boolean): void {
    const program = isCommand ? programOf(text) : '';
    const key = JSON.stringify([rule, program]);
    const example = text.length > MAX_EXAMPLE_CHARS ? `${text.slice(0, MAX_EXAMPLE_CHARS)}…` : text;
    const group = this.#denied.get(key);
    if (group === undefined) {
      if (this.#denied.size < MAX_GROUPS)
        this.#denied.set(key, { rule, program, count: 1, examples: [example] });
      return;
    }
    group.count += 1;
    if (group.examples.length < MAX_EXAMPLES && !group.examples.includes(example))
      group.examples.push(example);
  }
}

/** The first word that is no assignment. */
function programOf(text: string): string {
  const words = text.split(/\s+/).filter((word) => !/^[A-Za-z_]\w*=/.test(word));
  return (words[0] ?? '').replace(/^['"]|['"]$/g, '').slice(0, 64);
}
