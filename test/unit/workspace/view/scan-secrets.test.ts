import assert from 'node:assert/strict';
import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultMaskPatterns } from '../../../../src/workspace/view/mask-patterns.js';
import { sanitiseGitConfig, sanitiseNpmrc } from '../../../../src/workspace/view/sanitise-config.js';
import { scanSecrets } from '../../../../src/workspace/view/scan-secrets.js';
import { makeWorkspace, type Tree } from '../fixture.js';

const signal = new AbortController().signal;

async function scan(tree: Tree, patterns: readonly string[] = defaultMaskPatterns) {
  const { base, root } = await makeWorkspace(tree);
  try {
    return await scanSecrets(root, patterns, signal);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

describe('scanSecrets', () => {
  const hidden = [
    '.env',
    '.env.local',
    'deep/er/.ENV',
    'cert.pem',
    'TLS.KEY',
    'id_rsa',
    'id_ed25519_work',
    '.netrc',
    '.pypirc',
    'credentials.json',
    'a.p12',
    'a.pfx',
    'vault.kdbx',
    '.git-credentials',
    ...[
      '.envrc',
      'app/.ENV.Production',
      'a.jks',
      'release.keystore',
      'AuthKey_1.p8',
      'work.ovpn',
      'putty.ppk',
    ],
    ...[
      '.pgpass',
      '.my.cnf',
      '.htpasswd',
      '.dockercfg',
      'home/.docker/config.json',
      '.cargo/credentials.toml',
    ],
    ...[
      '.aws/credentials',
      'x/.kube/config',
      'prod.kubeconfig',
      'service-account-1.json',
      'serviceAccountKey.json',
    ],
    ...['x-firebase-adminsdk-1.json', 'local.settings.json', '.azure/msal_token_cache.json'],
    ...['prod.tfvars', 'terraform.tfstate', 'terraform.tfstate.backup', '.terraformrc', '.vault-token'],
    ...['config/secrets.yml', 'api/config/secrets.yml', '.secrets.toml', 'secrets.json', '.dev.vars'],
  ];
  const shown = [
    '.env.example',
    '.env.sample',
    '.env.template',
    'id_rsa.pub',
    'environment.ts',
    'key.ts',
    'node_modules/x/.env',
    '.npmrc',
    'keys/readme',
    ...[
      '.env.production.example',
      'vars.example.tfvars',
      'src/config.json',
      'docker/config.json',
      'credentials.ts',
    ],
    ...[
      'config/config',
      'charts/templates/secrets.yml',
      'secrets.ts',
      'docs/keystore.md',
      'main.tf',
      'keyboard.json',
    ],
    ...[
      'service-worker.json',
      'package.json',
      'environment.json',
      'src/envrc.ts',
      'kube/config.yaml',
      'pip.conf',
    ],
  ];

  for (const path of hidden) {
    it(`hides ${path}`, async () =>
      assert.deepEqual(
        (await scan({ [path]: 'x' })).map((file) => file.path),
        [path],
      ));
  }
  for (const path of shown) {
    it(`shows ${path}`, async () =>
      assert.deepEqual(await scan({ [path]: 'registry=https://example.test\n' }), []));
  }

  it("takes the user's patterns, by name, by path and as exceptions", async () => {
    const tree = {
      'a/secret.txt': '',
      'b/secret.txt': '',
      'conf/prod.yml': '',
      'x/conf/prod.yml': '',
      'keep.txt': '',
    };
    const found = await scan(tree, ['*.txt', '!keep.txt', 'conf/**']);
    assert.deepEqual(
      found.map(({ path }) => path),
      ['a/secret.txt', 'b/secret.txt', 'conf/prod.yml'],
    );
  });

  it('hides what a link named like a secret leads to, inside the workspace only', async () => {
    const found = await scan({
      '.env': { link: 'config/real' },
      'config/real': 'KEY=1',
      'out.pem': { link: '/etc/passwd' },
    });
    assert.deepEqual(
      found.map(({ path }) => path),
      ['config/real'],
    );
  });

  it('hides every name of a file that has several, and looks for them only then', async () => {
    const { base, root } = await makeWorkspace({ '.env': 'KEY=1', 'lib/a.txt': 'x', 'b.txt': 'y' });
    try {
      await link(join(root, '.env'), join(root, 'lib/settings.txt'));
      await link(join(root, 'b.txt'), join(root, 'lib/b-too.txt'));
      const found = await scanSecrets(root, defaultMaskPatterns, signal);
      assert.deepEqual(
        found.map(({ path, reason }) => [path, reason]),
        [
          ['.env', 'its name is one that secrets have'],
          ['lib/settings.txt', 'it is the same file as ".env"'],
        ],
      );
    } finally {
      await rm(base, { recursive: true, force: true });
    }
  });

  it('hides nothing of this very project', async () => {
    const found = await scanSecrets('.', defaultMaskPatterns, signal);
    // A clone may have been made with a token in its address.
    const expected = /^(?:\.git\/|test\/fixtures\/|test-output\/|out\/|dist\/)/;
    assert.deepEqual(
      found.map(({ path }) => path).filter((path) => !expected.test(path)),
      [],
    );
  });

  it('hides credentials in configurations, and only those', async () => {
    const found = await scan({
      '.npmrc': '//r.test/:_authToken=abc\nsave-exact=true\n',
      '.git/config': '[remote "o"]\n\turl = https://user:tok@host.test/x.git\n',
      'sub/.git/config': '[remote "o"]\n\turl = git@host.test:x.git\n',
      '.gitmodules': '[submodule "a"]\n\turl = https://u:tok@host.test/a.git\n',
      '.yarnrc.yml': 'npmScopes:\n  x:\n    npmAuthToken: abc\nnodeLinker: pnp\n',
      'pip.conf': '[global]\nindex-url = https://u:tok@pypi.test/simple\n',
      '.git/modules/a/b/HEAD': '',
      '.git/modules/a/b/config': '[http]\n\textraheader = AUTHORIZATION: basic Zm9v\n',
    });
    assert.deepEqual(
      found.map(({ path, content }) => [path, content]),
      [
        ['.git/config', '[remote "o"]\n\turl = https://host.test/x.git\n'],
        ['.git/modules/a/b/config', '[http]\n\textraheader = <hidden>\n'],
        ['.gitmodules', '[submodule "a"]\n\turl = https://host.test/a.git\n'],
        ['.npmrc', '//r.test/:_authToken= <hidden>\nsave-exact=true\n'],
        ['.yarnrc.yml', 'npmScopes:\n  x:\n    npmAuthToken: <hidden>\nnodeLinker: pnp\n'],
        ['pip.conf', '[global]\nindex-url = https://pypi.test/simple\n'],
      ],
    );
  });

  it('stops when it is told to', async () => {
    const { base, root } = await makeWorkspace({ a: '' });
    await assert.rejects(scanSecrets(root, [], AbortSignal.abort()), { name: 'AbortError' });
    await rm(base, { recursive: true });
  });
});

describe('sanitised configurations hold no canary', () => {
  const git = [
    'url = https://CANARY@h.test/x',
    'url = https://u:CANARY@h.test/x',
    'url = ssh://u:CANARY@h.test/x',
    'url = https://u:CAN\\\nARY@h.test/x',
    '[http "https://h.test/"] extraHeader = Authorization: Bearer CANARY',
    'extraheader = Authorization: \\\n\tBearer CANARY',
    '[url "https://u:CANARY@h.test/"] insteadOf = https://h.test/',
    'proxy = http://u:CANARY@proxy.test',
    'smtpPass = CANARY',
    'token = CANARY',
  ];
  for (const text of git) {
    it(JSON.stringify(text), () => {
      const clean = sanitiseGitConfig(text);
      assert.ok(clean !== undefined && !clean.includes('CANARY') && !clean.includes('ARY@'), clean);
    });
  }
  const npm = [
    '//r.test/:_authToken=CANARY',
    '_auth = CANARY',
    '//r.test/:_password="CANARY"',
    'https-proxy=http://u:CANARY@p.test',
    'key="CANARY"',
  ];
  for (const text of npm) {
    it(JSON.stringify(text), () => assert.equal(sanitiseNpmrc(text)?.includes('CANARY'), false));
  }
  it('leaves harmless ones alone', () => {
    assert.equal(
      sanitiseGitConfig(
        '[core]\n\tbare = false\n[remote "o"]\n\turl = git@h.test:x.git\n\turl = ssh://git@h.test/x\n',
      ),
      undefined,
    );
    assert.equal(sanitiseNpmrc('save-exact=true\nregistry=https://r.test/\n'), undefined);
  });
});
