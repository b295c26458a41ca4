/** Key forms with a public, fixed prefix; the prefix stays so that a reader sees what was there. */
const SECRETS: readonly RegExp[] = [
  /\b(sk-)[A-Za-z0-9_-]{16,}/g,
  /\b(gh[pousr]_)[A-Za-z0-9]{20,}/g,
  /\b(github_pat_)[A-Za-z0-9_]{20,}/g,
  /\b(glpat-)[A-Za-z0-9_-]{16,}/g,
  /\b(npm_)[A-Za-z0-9]{30,}/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(AIza)[A-Za-z0-9_-]{30,}/g,
  /\b(xox[abprs]-)[A-Za-z0-9-]{10,}/g,
  /\b(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /(:\/\/[^/\s:@]{1,256}:)[^/\s@]{1,256}(?=@)/g,
  /(-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----)[\s\S]*?(?=-----END|$)/g,
];

/** What each of them needs, in one look: most texts have none of it. */
const HINT = /sk-|gh[pousr]_|github_pat_|glpat-|npm_|AKIA|ASIA|AIza|xox[abprs]-|bearer|:\/\/|-----BEGIN/i;

/** Text with everything that looks like a credential replaced. */
export function redactSecrets(text: string): string {
  if (!HINT.test(text)) return text;
  return SECRETS.reduce((redacted, pattern) => redacted.replace(pattern, '$1[redacted]'), text);
}
