// Bundles the product (dist/) and, with --tests, the test suites and the scripted model server (out/).
const { readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const withTests = process.argv.includes('--tests');

/**
 * The ACP library makes some hundreds of zod schemas when it is loaded, of which a session uses a few; to make them
 * all is a good part of the guest's start. Here each is made when something first looks at it.
 */
const lazySchemas = {
  name: 'lazy-schemas',
  setup(build) {
    build.onLoad({ filter: /@agentclientprotocol[\\/]sdk[\\/].*(?:zod|guards)\.gen\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      // Of the guards' file only what the guards are made of; what it exports is functions.
      const start = path.endsWith('guards.gen.js') ? 'const (?=zGuard)' : 'export const ';
      const end = '(?=\\n(?:/\\*\\*|const |function |export |//))';
      const schemas = new RegExp(`^${start}(\\w+) = ([\\s\\S]*?;)$${end}`, 'gm');
      const contents = source.replace(schemas, (whole, name, made) => {
        const declared = whole.slice(0, whole.indexOf(name));
        return `${declared}${name} = /* @__PURE__ */ lazySchema(() => ${made.slice(0, -1)});`;
      });
      const expected = source.match(new RegExp(`^${start}`, 'gm'))?.length ?? 0;
      const lazy = contents.match(/ = \/\* @__PURE__ \*\/ lazySchema\(/g)?.length ?? 0;
      if (expected === 0 || lazy !== expected) throw new Error(`${path} has another form than expected`);
      return { contents: `${contents}\n${lazySchema}`, loader: 'js' };
    });
  },
};

const lazySchema = `
function lazySchema(make) {
  let made;
  const schema = () => (made ??= make());
  return new Proxy({}, {
    get: (_, key) => Reflect.get(schema(), key),
    set: (_, key, value) => Reflect.set(schema(), key, value),
    has: (_, key) => Reflect.has(schema(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(schema()),
  });
}`;

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // The optional native parts of dockerode's ssh transport; it falls back to JavaScript without them.
  plugins: [lazySchemas],
  // Its main file is UMD, whose inner requires no bundler follows.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  external: ['vscode', 'cpu-features', '*.node', 'mocha', 'playwright-core'],
};

/** Keeps the session core out of the activation path: a bundle of its own, loaded on first use. */
const lazyCore = {
  name: 'lazy-core',
  setup(build) {
    build.onResolve({ filter: /^\.\/core\.js$/ }, () => ({ path: './core.js', external: true }));
  },
};

/**
 * The editor's API is an object of some hundred members, which esbuild copies for each module that imports it, at
 * activation. Here the members that the sources name are taken from it once.
 */
const oneVscode = {
  name: 'one-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'one-vscode'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'one-vscode' },
    );
    build.onLoad({ filter: /.*/, namespace: 'one-vscode' }, () => {
      const sources = ['src/extension.ts', ...listSources('src/ui')].map((path) =>
        readFileSync(path, 'utf8'),
      );
      const names = new Set(
        sources.flatMap((text) => [...text.matchAll(/\bvscode\.(\w+)/g)].map((match) => match[1])),
      );
      return {
        contents: `export const { ${[...names].sort().join(', ')} } = require('vscode');`,
        loader: 'js',
      };
    });
  },
};

/** Keeps the broker over HTTP out of the bridge, whose start every session waits for. */
const lazyMcp = {
  name: 'lazy-mcp',
  setup(build) {
    build.onResolve({ filter: /^\.\.\/mcp\/http\.js$/ }, () => ({ path: './mcp-http.js', external: true }));
  },
};

function product() {
  return [
    {
      ...common,
      entryPoints: ['src/extension.ts'],
      outdir: 'dist',
      plugins: [oneVscode, lazyCore, ...common.plugins],
    },
    { ...common, entryPoints: ['src/core.ts', 'src/cli.ts'], outdir: 'dist' },
    {
      ...common,
      // The guest's own copy of Node 24 runs these.
      target: 'node24',
      sourcemap: false,
      minify: true,
      entryPoints: {
        'tool-proxy': 'src/guest/tool-proxy/main.ts',
        bridge: 'src/guest/bridge/main.ts',
        mcp: 'src/guest/mcp/main.ts',
        'mcp-http': 'src/guest/mcp/http.ts',
        start: 'src/guest/start.ts',
      },
      outdir: 'dist/guest',
      plugins: [lazyMcp, ...common.plugins],
    },
  ];
}

function listTests(dir) {
  return listSources(dir).filter((name) => name.endsWith('.test.ts'));
}

function listSources(dir) {
  return readdirSync(dir, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name));
}

function tests() {
  const suites = ['unit', 'engine', 'extension', 'e2e'].flatMap((tier) => listTests(join('test', tier)));
  return [
    { ...common, entryPoints: suites, outbase: '.', outdir: 'out' },
    // The import table stands beside the tiers; it runs with the first of them.
    { ...common, entryPoints: { 'test/unit/layers.test': 'test/layers.test.ts' }, outdir: 'out' },
    { ...common, entryPoints: ['test/extension/index.ts'], outbase: '.', outdir: 'out' },
    {
      ...common,
      entryPoints: {
        'model-server': 'test/model-server/main.ts',
        'apply-driver': 'test/unit/workspace/apply/driver.ts',
        'kill-driver': 'test/kills/driver.ts',
        'awake-timer': 'src/base/awake-timer.ts',
      },
      outdir: 'out',
    },
    {
      ...common,
      target: 'node24',
      entryPoints: {
        probe: 'test/probe/main.ts',
        agent: 'src/guest/agent/main.ts',
        'shell-driver': 'test/engine/shell/driver.ts',
      },
      outdir: 'out',
    },
    {
      ...common,
      entryPoints: { bench: 'test/bench/main.ts', 'bench-upstream': 'test/bench/stream-upstream.ts' },
      outdir: 'out',
    },
  ];
}

async function main() {
  rmSync('dist', { recursive: true, force: true });
  if (withTests) rmSync('out', { recursive: true, force: true });
  const builds = withTests ? [...product(), ...tests()] : product();
  await Promise.all(builds.map((options) => esbuild.build(options)));
}

main().catch((error) => {
  // esbuild has printed its own errors.
  if (error.errors === undefined) console.error(error);
  process.exitCode = 1;
});
