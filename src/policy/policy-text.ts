import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type * as z from 'zod';

export const MAX_POLICY_BYTES = 64 * 1024;
const MAX_DEPTH = 32;
const MAX_PROBLEMS = 100;

export type PolicyPath = readonly (string | number)[];

/** Something wrong in a policy's text; `offset` and `length` in UTF-16 units. */
export interface PolicyProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

export interface PolicyText {
  readonly value: unknown;
  /** Where a path is in the text; where its nearest parent is when it is not. */
  locate(path: PolicyPath): { readonly offset: number; readonly length: number };
}

export type PolicyTextResult =
  | { readonly ok: true; readonly text: PolicyText }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Reads JSON with comments and trailing commas. Bounded in size and depth; a key that is there twice is a problem. */
export function readPolicyText(text: string): PolicyTextResult {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    return fail(`a policy has at most ${MAX_POLICY_BYTES / 1024} KiB`, 0, 1);
  const deep = findDepth(text);
  if (deep !== undefined) return fail(`nested more than ${MAX_DEPTH} levels`, deep, 1);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) {
    const problems = errors.slice(0, MAX_PROBLEMS).map(({ error, offset, length }) => ({
      message: `not JSON: ${describeParseError(printParseErrorCode(error))}`,
      offset,
      length,
    }));
    return problems.length > 0 ? { ok: false, problems } : fail('the policy is empty', 0, 1);
  }
  const problems = findOddKeys(tree).slice(0, MAX_PROBLEMS);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, text: { value: toValue(tree), locate: (path) => locate(tree, path) } };
}

/** What a schema says of the text, place by place. */
export function describeIssues(text: PolicyText, error: z.ZodError): readonly PolicyProblem[] {
  return error.issues
    .flatMap((issue) => {
      const issuePath = issue.path.filter((key) => typeof key !== 'symbol');
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => ({
          path: [...issuePath, key],
          message: `"${key}" is not known here`,
        }));
      return [{ path: issuePath, message: issue.message }];
    })
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => ({ message: `${describePath(path)}: ${message}`, ...text.locate(path) }));
}

/** `commands.git.maxArgs` */
export function describePath(path: PolicyPath): string {
  return path.length === 0 ? 'the policy' : path.join('.');
}

/** From 1, as editors and compilers count. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The parser is recursive; what it gets must not be too deep for it. */
function findDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  // Only the end has no length.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const at = scanner.getTokenOffset();
    const token = scanner.getTokenLength() === 1 ? text.charAt(at) : '';
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return at;
  }
  return undefined;
}

/** Keys that readers disagree on: one that is there twice, and the one that JavaScript gives a meaning. */
function findOddKeys(node: Node): PolicyProblem[] {
  const children = node.children ?? [];
  const inside = children.flatMap((child) => findOddKeys(child));
  if (node.type !== 'object') return inside;
  const seen = new Set<string>();
  const odd = children.flatMap((property): PolicyProblem[] => {
    const [key] = property.children ?? [];
    if (key === undefined) return [];
    const name = String(key.value);
    const wrong = seen.has(name) ? `"${name}" is there twice` : `"${name}" cannot be a name here`;
    const isOdd = seen.has(name) || name === '__proto__';
    seen.add(name);
    return isOdd ? [{ message: wrong, offset: key.offset, length: key.length }] : [];
  });
  return [...odd, ...inside];
}

function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined ? [] : [[String(key.value), toValue(value)]],
    ),
  );
}

function locate(tree: Node, path: PolicyPath): { offset: number; length: number } {
  let at = tree;
  for (const key of path) {
    const inside = contentOf(at);
    const next =
      inside.type === 'array'
        ? inside.children?.[Number(key)]
        : inside.children?.find(({ children }) => children?.[0]?.value === key);
    if (next === undefined) break;
    at = next;
  }
  // A property is shown by its key.
  const shown = at.type === 'property' ? (at.children?.[0] ?? at) : at;
  return { offset: shown.offset, length: shown.length };
}

function contentOf(node: Node): Node {
  return node.type === 'property' ? (node.children?.[1] ?? node) : node;
}

function describeParseError(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function fail(message: string, offset: number, length: number): PolicyTextResult {
  return { ok: false, problems: [{ message, offset, length }] };
}
