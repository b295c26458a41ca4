/** What the agent sees instead of a hidden file. */
export const PLACEHOLDER =
  '# Hidden by Airlock: this file may hold secrets, so the sandbox sees this line instead. The user can show it: airlock.mask.\n';

const HIDDEN_VALUE = '<hidden>';

/** A git configuration without the credentials in it, or `undefined` when it holds none. */
export function sanitiseGitConfig(text: string): string | undefined {
  // git joins continued lines before it reads them; a credential may be split over two.
  const joined = text.replace(/\\\r?\n/g, '');
  const clean = joined
    .replace(/(https?:\/\/)[^/\s"'@]*@/gi, '$1')
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^/\s"'@:]*):[^/\s"'@]*@/gi, '$1@')
    .replace(
      /^(.*?(?:extraheader|pass|passwd|password|token|secret|oauth)[\w-]*[ \t]*=).*$/gim,
      `$1 ${HIDDEN_VALUE}`,
    );
  return clean === joined ? undefined : clean;
}

/** An `.npmrc` without its tokens, or `undefined` when it holds none. */
export function sanitiseNpmrc(text: string): string | undefined {
  const clean = withoutLogins(
    text.replace(
      /^(.*?(?:_authToken|_password|_auth|:username|certfile|^key|:key)[ \t]*=).*$/gim,
      `$1 ${HIDDEN_VALUE}`,
    ),
  );
  return clean === text ? undefined : clean;
}

/** A `.yarnrc.yml` without its tokens, or `undefined` when it holds none. */
export function sanitiseYarnrc(text: string): string | undefined {
  const clean = withoutLogins(
    text.replace(/^([ \t]*["']?npmAuth(?:Token|Ident)["']?[ \t]*:).*$/gim, `$1 ${HIDDEN_VALUE}`),
  );
  return clean === text ? undefined : clean;
}

/** A configuration without the names and passwords in its addresses (pip, conda), or `undefined` when it holds none. */
export function sanitiseAddresses(text: string): string | undefined {
  const clean = withoutLogins(text);
  return clean === text ? undefined : clean;
}

function withoutLogins(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s"'@]*@/gi, '$1');
}
