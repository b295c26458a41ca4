import type { ToolTable } from '../tool-table.js';
import { npmEnvironment } from './npm/environment.js';
import { localPackage, localProgram, projectTools } from './npm/local-program.js';
import { npmOptions, saving, word } from './npm/options.js';

function table(summary: string, more: Partial<ToolTable> = {}): ToolTable {
  return {
    summary,
    abbreviations: false,
    wholeShort: true,
    operands: ['text'],
    startsPrograms: true,
    ...more,
    options: { ...npmOptions, ...more.options },
  };
}

const installing: Partial<ToolTable> = {
  options: saving,
  operands: ['read'],
  operandPatterns: [localPackage],
  writes: true,
};
const install = table('Installs packages; their scripts run.', installing);
const ci = table('Installs what the lock file says.', { ...installing, operands: [] });
const uninstall = table('Removes packages.', installing);
const update = table('Updates packages.', installing);
// After `--` the words belong to the script.
const run = table('Runs a script of package.json.');
const list = table('Lists what is installed.');
const exec = table('Runs a program that is installed in the workspace.', {
  operands: ['read', 'text'],
  operandPatterns: [localProgram, /^/],
  askUnless: projectTools,
  insert: ['--yes=false'],
});
const explain = table('Tells why a package is installed.');

/** npm(1), version 11. The sandbox has no network: what needs one fails. */
export const npm: ToolTable = {
  summary: 'Installs packages and runs the scripts of package.json.',
  abbreviations: false,
  wholeShort: true,
  leadingOptions: { ...npmOptions, '-v, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    install,
    i: install,
    add: install,
    ci,
    'clean-install': ci,
    uninstall,
    un: uninstall,
    remove: uninstall,
    rm: uninstall,
    update,
    up: update,
    upgrade: update,
    dedupe: table('Simplifies the tree of packages.', { ...installing, operands: [] }),
    prune: table('Removes packages that nothing needs.', installing),
    rebuild: table('Builds packages again.', installing),
    run,
    'run-script': run,
    test: run,
    t: run,
    start: run,
    stop: run,
    restart: run,
    exec,
    x: exec,
    ls: list,
    list,
    ll: list,
    la: list,
    explain,
    why: explain,
    outdated: table('Lists packages that have newer versions.'),
    audit: table('Lists known faults of the packages.', { options: saving }),
    fund: table('Lists who can be funded.'),
    query: table('Lists packages by a selector.'),
    root: table('Prints where packages are.', { operands: [] }),
    prefix: table('Prints where package.json is.', { operands: [] }),
    // With a word it changes package.json and makes a commit.
    version: table('Prints the versions.', { operands: [] }),
    pack: table('Packs the package.', {
      options: { '--pack-destination': { takes: 'write', pattern: word.pattern } },
      operands: ['read'],
      writes: true,
    }),
    pkg: {
      summary: 'Shows and changes package.json.',
      abbreviations: false,
      leadingOptions: npmOptions,
      subcommands: {
        get: table('Shows what package.json says.'),
        set: table('Changes package.json.', { writes: true }),
        delete: table('Changes package.json.', { writes: true }),
      },
    },
    config: {
      summary: 'Shows settings.',
      abbreviations: false,
      subcommands: { get: table('Shows a setting.'), list: table('Shows the settings.', { operands: [] }) },
    },
    // With a word it runs a package.
    init: table('Makes package.json.', { options: { '-y, --yes': 'none' }, operands: [], writes: true }),
  },
  environment: npmEnvironment,
};
