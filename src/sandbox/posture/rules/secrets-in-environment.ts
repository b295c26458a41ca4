import { unlessNone } from '../compare.js';
import type { ContainerRule } from '../rule.js';
import { owasp } from '../sources.js';

const SECRET = /(^|_)(API_?KEY|KEY|TOKEN|SECRET|PASS(WORD|WD)?|CREDENTIALS?)(_|$)/i;

/** The engine shows the environment to all its users. Names alone are looked at, and told. */
export const secretsInEnvironment: ContainerRule = {
  id: 'OWASP-12',
  title: 'No variable is a secret',
  sources: [owasp(12)],
  check: ({ container }) =>
    unlessNone(
      container.env.map((entry) => entry.split('=', 1)[0] ?? '').filter((name) => SECRET.test(name)),
      'by its name',
    ),
};
