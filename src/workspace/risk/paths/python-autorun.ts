import type { PathRule } from '../path-rule.js';

/** Files that Python and its tools run by their name, without an import that names them. */
export const pythonAutorun: PathRule = {
  rule: 'python-autorun',
  reason: 'Python or its tools run it by themselves',
  names: [
    '.pythonrc',
    '.pythonrc.py',
    '.pythonstartup',
    'conftest.py',
    'entry_points.txt',
    'ipython_config.py',
    'noxfile.py',
    'setup.cfg',
    'setup.py',
    'sitecustomize.py',
    'usercustomize.py',
  ],
  places: ['.ipython', '.jupyter', '.config/jupyter'],
  pattern: /\.(?:pth|egg-link)$|^jupyter_[\w-]*config\.(?:py|json)$|^(?:site|user)customize\./,
};
