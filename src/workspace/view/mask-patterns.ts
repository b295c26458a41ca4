import picomatch from 'picomatch';

/**
 * Files hidden from the agent unless the user says otherwise, by what they are for. A pattern without `/` matches a name
 * at any depth, one with `/` the path from the root; `!` excludes. Case does not matter. Only names that are used for
 * secrets: an ordinary file that is hidden is work that the agent cannot do. The names are those of each tool's own
 * documentation; github/gitignore and gitleaks name most of them.
 */
const patternsByUse: Readonly<Record<string, readonly string[]>> = {
  environment: [
    '.env',
    '.env.*',
    '.envrc',
    '!.env.example',
    '!.env.sample',
    '!.env.template',
    '!.env.*.example',
  ],
  keys: [
    ...['*.pem', '*.key', '*.p8', '*.p12', '*.pfx', '*.ppk', '*.jks', '*.keystore', '*.kdbx', '*.ovpn'],
    ...['id_rsa*', 'id_ed25519*', 'id_ecdsa*', 'id_dsa*', '!id_*.pub'],
  ],
  logins: [
    ...['.netrc', '_netrc', '.pypirc', '.git-credentials', '.pgpass', '.my.cnf', '.htpasswd', '.dockercfg'],
    ...[
      '**/.docker/config.json',
      '**/.gem/credentials',
      '**/.cargo/credentials',
      '**/.cargo/credentials.toml',
    ],
  ],
  clouds: [
    ...['credentials.json', '**/.aws/credentials', '**/.kube/config', '**/.azure/msal_token_cache.*'],
    ...[
      '**/.azure/accessTokens.json',
      '**/gcloud/credentials.db',
      '**/gcloud/application_default_credentials.json',
    ],
    ...[
      'kubeconfig',
      '*.kubeconfig',
      'service-account*.json',
      'serviceAccount*.json',
      '*-firebase-adminsdk-*.json',
    ],
    ...['local.settings.json', '.boto', '.s3cfg'],
  ],
  infrastructure: [
    ...['*.tfvars', '*.tfvars.json', '*.tfstate', '*.tfstate.*', '.terraformrc', 'credentials.tfrc.json'],
    ...['.vault-token', '.vault_pass', '.vault_pass.txt', '!*.example.tfvars'],
  ],
  applications: ['**/config/secrets.yml', '.secrets.toml', 'secrets.json', '.dev.vars'],
};

export const defaultMaskPatterns: readonly string[] = Object.values(patternsByUse).flat();

export type MaskMatcher = (name: string, path: () => string) => boolean;

/** Compiles the patterns to at most four regular expressions. */
export function compileMaskPatterns(patterns: readonly string[]): MaskMatcher {
  const hidden = patterns.filter((pattern) => !pattern.startsWith('!'));
  const shown = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const isHidden = compileGroup(hidden);
  const isShown = compileGroup(shown);
  return (name, path) => isHidden(name, path) && !isShown(name, path);
}

function compileGroup(patterns: readonly string[]): MaskMatcher {
  const byName = join(patterns.filter((pattern) => !pattern.includes('/')));
  const paths = patterns
    .filter((pattern) => pattern.includes('/'))
    .map((pattern) => pattern.replace(/^\//, ''));
  const byPath = join(paths);
  // A path is only put together, for each of many files, where its last name may fit.
  const last = join(paths.map((pattern) => pattern.slice(pattern.lastIndexOf('/') + 1) || '**'));
  return (name, path) =>
    (byName?.test(name) ?? false) || ((last?.test(name) ?? false) && (byPath?.test(path()) ?? false));
}

function join(globs: readonly string[]): RegExp | undefined {
  if (globs.length === 0) return undefined;
  const sources = globs.map(
    (glob) => picomatch.makeRe(glob, { dot: true, nocase: true, nonegate: true }).source,
  );
  return new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'i');
}
