import type { ToolTable } from '../tool-table.js';

type Options = NonNullable<ToolTable['options']>;

const general: Options = {
  '-q, --quiet': 'none',
  '-v, --verbose': 'none',
  '--no-color': 'none',
  '--no-input': 'none',
  '--no-cache-dir': 'none',
  '--disable-pip-version-check': 'none',
  '--no-python-version-warning': 'none',
  '--timeout': 'text',
  '--retries': 'text',
  // Another interpreter, place, or source of packages.
  '--python': 'denied=',
  '--log': 'denied=',
  '--proxy': 'denied=',
  '--trusted-host': 'denied=',
  '--cert': 'denied=',
  '--client-cert': 'denied=',
  '--cache-dir': 'denied=',
  '-i, --index-url, --pypi-url': 'denied=',
  '--extra-index-url': 'denied=',
  '-f, --find-links': 'denied=',
  '--path': 'denied=',
};

function table(summary: string, more: Partial<ToolTable> = {}): ToolTable {
  return {
    summary,
    abbreviations: false,
    operands: ['text'],
    startsPrograms: true,
    ...more,
    options: { ...general, ...more.options },
  };
}

/** No address, of whatever kind: a package's name, or a path. */
const local = /^(?!.*:\/\/)(?!(?:git|hg|svn|bzr)\+)(?!.*@\s*(?:file|https?|git))/i;

const selecting: Options = {
  '-l, --local': 'none',
  '--user': 'none',
  '-e, --editable': 'none',
  '--exclude-editable': 'none',
  '--exclude': 'text',
  '--all': 'none',
};

/** pip of Python 3.11. The sandbox has no network: installing works only from the workspace. */
export const pip: ToolTable = {
  summary: 'Shows and installs Python packages.',
  abbreviations: false,
  leadingOptions: { ...general, '-V, --version': 'none' },
  startsPrograms: true,
  subcommands: {
    list: table('Lists packages.', {
      options: {
        ...selecting,
        '-o, --outdated': 'none',
        '-u, --uptodate': 'none',
        '--format': 'text',
        '--not-required': 'none',
      },
      operands: [],
    }),
    freeze: table('Lists packages as requirements.', {
      options: { ...selecting, '-r, --requirement': 'read' },
      operands: [],
    }),
    show: table('Shows what is known of a package.', { options: { '-f, --files': 'none' } }),
    check: table('Checks that requirements are met.', { operands: [] }),
    install: table('Installs packages; their scripts run.', {
      options: {
        '-r, --requirement': { takes: 'read', pattern: local },
        '-c, --constraint': { takes: 'read', pattern: local },
        '-e, --editable': { takes: 'read', pattern: local },
        '-U, --upgrade': 'none',
        '--upgrade-strategy': 'text',
        '--no-deps': 'none',
        '--pre': 'none',
        '--user': 'none',
        '--dry-run': 'none',
        '--force-reinstall': 'none',
        '--ignore-installed, -I': 'none',
        '--no-build-isolation': 'none',
        '--use-pep517': 'none',
        '--no-index': 'none',
        '--only-binary': 'text',
        '--no-binary': 'text',
        '--prefer-binary': 'none',
        '--progress-bar': 'text',
        '--break-system-packages': 'none',
        '-t, --target': 'denied=',
        '--prefix': 'denied=',
        '--root': 'denied=',
        '--src': 'denied=',
        '--report': 'write',
        '-C, --config-settings': 'denied=',
        '--global-option': 'denied=',
        '--install-option': 'denied=',
      },
      operands: ['read'],
      operandPatterns: [local],
      writes: true,
    }),
    uninstall: table('Removes packages.', {
      options: { '-y, --yes': 'none', '-r, --requirement': 'read', '--break-system-packages': 'none' },
      writes: true,
    }),
  },
};
