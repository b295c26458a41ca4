import type { ToolTable } from '../tool-table.js';

/**
 * python3(1), version 3.11. `-c` and `-m` end the options: what follows is the first operand, and the rest is the
 * program's own. So they take nothing here.
 */
export const python: ToolTable = {
  summary: 'Runs Python.',
  style: 'posix',
  abbreviations: false,
  startsPrograms: true,
  options: {
    '-c': { takes: 'none', replacesFirstOperand: true },
    '-m': { takes: 'none', replacesFirstOperand: true, module: true },
    '-b': 'none',
    '-B': 'none',
    '-d': 'none',
    '-E': 'none',
    '-I': 'none',
    '-O': 'none',
    '-P': 'none',
    '-q': 'none',
    '-s': 'none',
    '-S': 'none',
    '-u': 'none',
    '-v': 'none',
    '-V, --version': 'none',
    '-W': 'text',
    '-X': { takes: 'text', pattern: /^(?!pycache_prefix)/ },
    '-h, --help': 'none',
    '--help-env': 'none',
    '--help-xoptions': 'none',
    '--help-all': 'none',
    // It waits for a person.
    '-i': 'denied',
    '-x': 'denied',
    '--check-hash-based-pycs': 'denied=',
  },
  operands: ['read', 'text'],
  // Modules that listen, connect or wait for a person.
  operandPatterns: [
    /^/,
    /^(?!(?:http\.server|pty|webbrowser|smtplib|smtpd|ftplib|telnetlib|nntplib|poplib|imaplib|ensurepip|idlelib|turtledemo|xmlrpc\.server|wsgiref\.simple_server)$)/,
    /^/,
  ],
  modules: {
    ...{ pip: 'pip', pytest: 'pytest', mypy: 'mypy', black: 'black', isort: 'isort' },
    ...{ flake8: 'flake8', ruff: 'ruff' },
  },
  environment: { PYTHONDONTWRITEBYTECODE: '1', PYTHONNOUSERSITE: '1' },
};
