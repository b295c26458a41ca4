type Environment = Readonly<Record<string, string | undefined>>;

/** The user's proxy as programs find it in the environment, in either case. */
export function readProxyUrl(env: Environment): string | undefined {
  return env.HTTPS_PROXY?.trim() || env.https_proxy?.trim() || undefined;
}

/** The hosts that are reached without it. */
export function readNoProxy(env: Environment): readonly string[] {
  return (env.NO_PROXY || env.no_proxy || '').split(/[\s,]+/).filter((entry) => entry !== '');
}
