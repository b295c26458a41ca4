import type {
  AndOr,
  Assignment,
  Command,
  Pipeline,
  Redirect,
  Script,
  Simple,
  Word,
  WordPart,
} from '../../../../../src/policy/shell/ast.js';
import { outlineArithmetic, outlineCondition } from './our-expression.js';
import { type Item, inOrder, isBracesOnly, negation, pipe } from './outline.js';

/** The outline of what our parser made of `source`. */
export function outlineScript(script: Script, source: string): Item[] {
  const outline = new Outline(source);
  return outline.script(script);
}

class Outline {
  constructor(private readonly source: string) {}

  script({ statements }: Script): Item[] {
    return statements.map((statement) => ({ label: 'statement', items: this.andOr(statement) }));
  }

  private andOr({ first, rest }: AndOr): Item[] {
    const others = rest.flatMap(({ operator, pipeline }) => [
      { label: operator, items: [] },
      ...this.pipeline(pipeline),
    ]);
    return [...this.pipeline(first), ...others];
  }

  private pipeline({ negated, commands }: Pipeline): Item[] {
    const piped = commands.flatMap((command, index) =>
      index === 0 ? [this.command(command)] : [pipe, this.command(command)],
    );
    return negated ? [negation, ...piped] : piped;
  }

  private command(command: Command): Item {
    const redirects = command.redirects.map((redirect) => this.redirect(redirect));
    if (command.kind === 'simple') return this.simple(command, redirects);
    const compound = this.compound(command);
    return { ...compound, items: [...compound.items, ...inOrder(redirects)] };
  }

  private simple({ assignments, words }: Simple, redirects: readonly Item[]): Item {
    const items = [...assignments.map((one) => this.assignment(one)), ...this.words(words), ...redirects];
    return { label: 'command', items: inOrder(items) };
  }

  private compound(command: Exclude<Command, Simple>): Item {
    const { offset } = command;
    switch (command.kind) {
      case 'group':
        return { label: command.subshell ? '(' : '{', offset, items: this.script(command.body) };
      case 'for':
        return {
          label: `for ${command.variable}`,
          offset,
          items: [...this.words(command.words), this.block('do', command.body)],
        };
      case 'while':
        return {
          label: command.until ? 'until' : 'while',
          offset,
          items: [this.block('condition', command.condition), this.block('do', command.body)],
        };
      case 'if': {
        const { branches, otherwise } = command;
        const items = branches.flatMap(({ condition, body }) => [
          this.block('condition', condition),
          this.block('then', body),
        ]);
        if (otherwise !== undefined) items.push(this.block('else', otherwise));
        return { label: 'if', offset, items };
      }
      case 'case': {
        const arms = command.arms.map(({ patterns, body }) => ({
          label: 'arm',
          items: [...this.words(patterns), ...this.script(body)],
        }));
        return { label: 'case', offset, items: [...this.words([command.subject]), ...arms] };
      }
      case 'test': {
        const condition = outlineCondition(command.condition, (word) => this.word([word]));
        return { label: '[[', offset, items: [condition] };
      }
    }
  }

  private block(label: string, script: Script): Item {
    return { label, items: this.script(script) };
  }

  private assignment({ name, value, offset }: Assignment): Item {
    return { ...this.word([value]), label: `${name}=`, offset };
  }

  private redirect(redirect: Redirect): Item {
    const { kind, offset } = redirect;
    switch (kind) {
      case 'duplicate':
        return { label: `${redirect.fd}>&`, text: String(redirect.from), offset, items: [] };
      case 'text':
        return this.given(redirect.fd, redirect.text, offset);
      case 'file': {
        const { fd, mode, both, target } = redirect;
        // A here-document of nothing.
        if (target.offset === offset) return this.given(fd, { parts: [], offset }, offset);
        const operator = { read: '<', write: '>', append: '>>' }[mode];
        return { label: both ? `&${operator}` : `${fd}${operator}`, offset, items: this.words([target]) };
      }
    }
  }

  private given(fd: number, text: Word, offset: number): Item {
    const operator = /^\d*<<</.test(this.source.slice(offset, offset + 8)) ? '<<<' : '<<';
    return { ...this.word([text]), label: `${fd}${operator}`, offset };
  }

  /** Words at one place are what braces made of one word. */
  private words(words: readonly Word[]): Item[] {
    const groups = new Map<number, Word[]>();
    for (const word of words) groups.set(word.offset, [...(groups.get(word.offset) ?? []), word]);
    return [...groups.values()]
      .filter((group) => !isBracesOnly(this.sourceOf(group)))
      .map((group) => this.word(group));
  }

  private word(group: readonly Word[]): Item {
    const [{ offset } = { offset: 0 }] = group;
    return { label: 'word', text: textOf(group), offset, items: this.expansions(group) };
  }

  private sourceOf([word]: readonly Word[]): string {
    return /^[^\s;&|()<>]*/.exec(this.source.slice(word?.offset ?? 0))?.[0] ?? '';
  }

  /** Braces copy what is inside them. */
  private expansions(group: readonly Word[]): Item[] {
    const found = new Map<number, Item>();
    for (const part of group.flatMap(({ parts }) => parts)) {
      const item = this.expansion(part);
      if (item?.offset !== undefined) found.set(item.offset, item);
    }
    return inOrder([...found.values()]);
  }

  private expansion(part: WordPart): Item | undefined {
    switch (part.kind) {
      case 'text':
      case 'glob':
        return undefined;
      case 'variable':
        return { label: `$${part.name}`, offset: part.offset, items: [] };
      case 'substitution':
        return { label: '$()', offset: part.offset, items: this.script(part.script) };
      case 'arithmetic':
        return { label: '$(())', offset: part.offset, items: [outlineArithmetic(part.expression)] };
      case 'parameter': {
        const { name, operator, word, offset } = part;
        if (operator === 'length') return { label: `\${#${name}}`, offset, items: [] };
        const { label, text, items } = this.word([{ parts: word, offset }]);
        return { label: `\${${name}${operator}}`, offset, items: [{ label, text, items }] };
      }
    }
  }
}

/** Undefined for what braces made several words of, and for what is not known from the text. */
function textOf([word, second]: readonly Word[]): string | undefined {
  if (word === undefined || second !== undefined) return undefined;
  const texts = word.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return texts.length === word.parts.length ? texts.join('') : undefined;
}
