import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

interface Layer {
  readonly folders: readonly string[];
  /** Folders of which only the types may be used. */
  readonly types?: readonly string[];
}

/** The import table of the design. A folder may always import itself. */
const layers: Readonly<Record<string, Layer>> = {
  base: { folders: [] },
  protocol: { folders: ['base'] },
  policy: { folders: ['base'] },
  audit: { folders: ['base'] },
  sandbox: { folders: ['base'] },
  workspace: { folders: ['base'], types: ['sandbox'] },
  gateway: { folders: ['base', 'policy', 'audit'] },
  agents: { folders: ['base', 'protocol'] },
  doctor: { folders: ['base', 'sandbox', 'workspace'] },
  session: {
    folders: ['base', 'protocol', 'policy', 'audit', 'sandbox', 'workspace', 'gateway', 'agents', 'doctor'],
  },
  guest: { folders: ['base', 'protocol', 'policy'] },
  ui: { folders: ['base', 'workspace', 'session'], types: ['policy', 'audit', 'agents', 'doctor'] },
  // The command line's counterpart of ui/.
  cli: {
    folders: ['base', 'policy', 'audit', 'workspace', 'gateway', 'session'],
    types: ['agents', 'doctor'],
  },
};
const compositionRoots = ['extension.ts', 'cli.ts', 'core.ts'];

/** Pure folders reach no file, process, network or clock through a module. */
const policyPackages = ['zod', 'picomatch', 'jsonc-parser'];

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

const STATEMENT = /^[ \t]*(?:import|export)\b([^;'"]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const CALL = /\b(typeof\s+)?(import|require)\s*\(\s*['"`]([^'"`]+)['"`]\s*\)(\s*\.\s*[A-Z])?/g;

function readImports(text: string): Import[] {
  const found: Import[] = [];
  for (const [, clause = '', from = ''] of text.matchAll(STATEMENT))
    found.push({ from, typeOnly: isTypeOnly(clause) });
  for (const [, from = ''] of text.matchAll(BARE)) found.push({ from, typeOnly: false });
  for (const [, queried, word, from = '', member] of text.matchAll(CALL)) {
    found.push({ from, typeOnly: word === 'import' && (queried !== undefined || member !== undefined) });
  }
  return found;
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const named = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  const names = named?.split(',').filter((name) => name.trim() !== '') ?? [];
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

/** What is wrong with the imports of one file. `file` is relative to src, with `/`. */
function checkImports(file: string, text: string): string[] {
  return readImports(text).flatMap((one) => {
    const wrong = one.from.startsWith('.') ? checkFolder(file, one) : checkPackage(file, one.from);
    return wrong === undefined ? [] : [`${file} imports ${one.from}: ${wrong}`];
  });
}

function checkFolder(file: string, { from, typeOnly }: Import): string | undefined {
  const target = posix.join(posix.dirname(file), from);
  if (target.startsWith('..')) return 'outside src';
  const own = topFolder(file);
  const other = topFolder(target);
  if (own === other) return undefined;
  if (other === 'guest') return 'nothing outside imports guest';
  if (own === undefined) return undefined;
  if (other === undefined) return 'a composition root';
  const layer = layers[own];
  if (!layer) return `the folder ${own} is not in the table`;
  if (layer.folders.includes(other)) return undefined;
  if (layer.types?.includes(other))
    return typeOnly ? undefined : `only types of ${other} may be used in ${own}`;
  return `${own} may not import ${other}`;
}

function checkPackage(file: string, name: string): string | undefined {
  if (name === 'vscode' && !file.startsWith('ui/') && file !== 'extension.ts')
    return 'only ui/ and extension.ts';
  if (/^dockerode(\/|$)/.test(name) && !file.startsWith('sandbox/docker/')) return 'only sandbox/docker/';
  if (file.startsWith('policy/') && !policyPackages.includes(name))
    return `policy is pure: only ${policyPackages.join(', ')}`;
  return undefined;
}

function topFolder(path: string): string | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : path.slice(0, slash);
}

const MAX_LINES = 300;

/** What is wrong with the text of one source file. */
function checkText(file: string, text: string): string[] {
  const wrong: string[] = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > MAX_LINES) wrong.push(`${file} has ${lines} lines, more than ${MAX_LINES}`);
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const around =
    /(:|\bas|<|,|\|)\s*any\b(?=\s*(?:[;,)>=\]|&{}[]|$))|\bas unknown as\b|@ts-(?:ignore|nocheck|expect-error)/m.exec(
      `${code}\n${text.match(/@ts-\w+(-\w+)?/g)?.join('\n') ?? ''}`,
    );
  if (around) wrong.push(`${file} goes around the type checker: ${around[0].trim()}`);
  return wrong;
}

/** Absolute paths of a person's or a builder's machine. */
function findMachinePaths(file: string, text: string): string[] {
  const paths = text.match(/\/(?:home|Users)\/[A-Za-z][\w.-]*|[A-Z]:\\+Users\\+\w+/g) ?? [];
  return paths
    .filter((path) => !/^\/home\/(runner|agent)$/.test(path))
    .map((path) => `${file} names ${path}`);
}

function listFiles(dir: string, pattern: RegExp): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));
}

describe('layers', () => {
  const sources = listFiles('src', /\.ts$/).map((path) => ({
    file: path.slice('src/'.length),
    text: readFileSync(path, 'utf8'),
  }));

  it('reads the sources', () => {
    ok(sources.length > 20 && sources.some(({ file }) => file === 'policy/evaluate.ts'));
    ok(sources.flatMap(({ text }) => readImports(text)).length > 20);
  });

  it('every folder is in the table, and only composition roots stand outside', () => {
    const outside = sources.filter(({ file }) => topFolder(file) === undefined).map(({ file }) => file);
    deepEqual(
      outside.filter((file) => !compositionRoots.includes(file)),
      [],
    );
    const folders = new Set(
      sources.map(({ file }) => topFolder(file)).filter((folder) => folder !== undefined),
    );
    deepEqual(
      [...folders].filter((folder) => !Object.hasOwn(layers, folder)),
      [],
    );
  });

  it('imports go the way of the table', () => {
    deepEqual(
      sources.flatMap(({ file, text }) => checkImports(file, text)),
      [],
    );
  });

  it('no source file is too long or goes around the type checker', () => {
    deepEqual(
      sources.flatMap(({ file, text }) => checkText(file, text)),
      [],
    );
  });

  it('no proposed editor API is asked for', () => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    ok(typeof manifest === 'object' && manifest !== null && 'name' in manifest);
    ok(!('enabledApiProposals' in manifest));
  });

  it('no file names a path of a machine it was written on', () => {
    const files = ['src', 'scripts', 'test'].flatMap((dir) =>
      listFiles(dir, /\.(ts|js|mjs|cjs|json|md|sh)$/),
    );
    const others = files.filter((file) => file !== 'test/layers.test.ts');
    deepEqual(
      others.flatMap((file) => findMachinePaths(file, readFileSync(file, 'utf8'))),
      [],
    );
  });
});

describe('the layer checker finds', () => {
  const violations: [string, string][] = [
    ['base/a.ts', `import { b } from '../policy/b.js';`],
    ['base/a.ts', `import type { B } from '../policy/b.js';`],
    ['policy/a.ts', `import {\n  a,\n  b,\n} from '../protocol/b.js';`],
    ['policy/a.ts', `import { readFileSync } from 'node:fs';`],
    ['policy/presets/a.ts', `import { x } from '../../session/x.js';`],
    ['policy/a.ts', `import fs from 'fs';`],
    ['protocol/a.ts', `export * from '../policy/b.js';`],
    ['protocol/a.ts', `export { b } from '../policy/b.js';`],
    ['session/a.ts', `const a = await import('../guest/a.js');`],
    ['session/a.ts', `type A = import("../guest/a.js").A;`],
    ['session/a.ts', `import '../ui/a.js';`],
    ['session/a.ts', `import * as vscode from 'vscode';`],
    ['session/a.ts', `const vscode = require('vscode');`],
    ['session/a.ts', `import type { Uri } from 'vscode';`],
    ['sandbox/kubernetes/a.ts', `import Docker from 'dockerode';`],
    ['workspace/a.ts', `import { engine } from '../sandbox/engine.js';`],
    ['workspace/a.ts', `import { type A, engine } from '../sandbox/engine.js';`],
    ['gateway/a.ts', `import { a } from '../protocol/a.js';`],
    ['guest/a.ts', `import { a } from '../audit/a.js';`],
    ['ui/a.ts', `import { planCall } from '../policy/evaluate.js';`],
    ['ui/a.ts', `import type { A } from '../gateway/a.js';`],
    ['extension.ts', `import { a } from './guest/a.js';`],
    ['session/a.ts', `import { a } from '../core.js';`],
    ['session/a.ts', `import { a } from '../../test/a.js';`],
    ['newcomer/a.ts', `import { a } from '../base/a.js';`],
  ];
  for (const [file, text] of violations)
    it(`${file}: ${text}`, () => equal(checkImports(file, text).length, 1));

  const fine: [string, string][] = [
    [
      'policy/a.ts',
      `import { z } from 'zod';\nimport { sha256 } from '../base/hash.js';\nimport { b } from './presets/b.js';`,
    ],
    ['workspace/a.ts', `import type { Engine } from '../sandbox/engine.js';`],
    ['workspace/a.ts', `import { type Engine, type Volume } from '../sandbox/engine.js';`],
    ['ui/a.ts', `import type { Decision } from '../policy/decision.js';\nimport * as vscode from 'vscode';`],
    ['session/a.ts', `import { a } from '../gateway/a.js';\nlet l: import('../base/logger.js').Logger;`],
    ['extension.ts', `import * as vscode from 'vscode';\nimport { a } from './ui/a.js';`],
    ['sandbox/docker/a.ts', `import Docker from 'dockerode';`],
    ['guest/agent/a.ts', `import { a } from '../b.js';\nimport { c } from '../../policy/c.js';`],
  ];
  for (const [file, text] of fine)
    it(`nothing in ${file}: ${text}`, () => deepEqual(checkImports(file, text), []));

  const escapes = [
    'let a: any;',
    'f(a as any)',
    'const m: Map<string, any> = x;',
    'let a: any[] = [];',
    'f(x as unknown as Y)',
    '// @ts-ignore',
    '// @ts-expect-error x',
  ];
  for (const text of escapes)
    it(`a way around the type checker: ${text}`, () => equal(checkText('a.ts', text).length, 1));

  it('nothing in the word any', () => {
    deepEqual(
      checkText(
        'a.ts',
        "// as any\n/** of: any */\nconst a = { kind: 'any' };\nconst b: 'workspace' | 'any' = c;\n",
      ),
      [],
    );
  });

  it('a file that is too long', () => {
    equal(checkText('a.ts', 'x\n'.repeat(301)).length, 1);
    deepEqual(checkText('a.ts', 'x\n'.repeat(300)), []);
  });

  it('paths of a machine', () => {
    equal(findMachinePaths('a.ts', "'/home/someone/project'").length, 1);
    equal(findMachinePaths('a.ts', "'/Users/someone'").length, 1);
    deepEqual(findMachinePaths('a.ts', "'/home/runner/x' '/home/agent' /home"), []);
  });
});
