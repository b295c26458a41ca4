import type { PathRule } from '../path-rule.js';

/** Code that was installed or compiled: it runs in place of what people read, and nobody reviews it. */
export const installedCode: PathRule = {
  rule: 'installed-code',
  reason: 'it is installed or compiled code, which runs without anyone reading it',
  names: ['pyvenv.cfg'],
  places: [
    '.eggs',
    '.nox',
    '.tox',
    '.venv',
    '__pycache__',
    '__pypackages__',
    'bower_components',
    'dist-packages',
    'env/bin',
    'env/scripts',
    'jspm_packages',
    'node_modules',
    'site-packages',
    'vendor/autoload.php',
    'vendor/bin',
    'vendor/bundle',
    'vendor/composer',
    'venv/bin',
    'venv/include',
    'venv/lib',
    'venv/scripts',
    'virtualenv/bin',
    'web_modules',
  ],
  pattern:
    /\.(?:pyc|pyo|pyd|class|jar|war|ear|aar|whl|egg|gem|so|dylib|dll|exe|node|phar|vsix|crx|xpi)$|\.so\.\d/,
};
