const PLAIN = /^[!-9;-[\]-~]*[!--/-9;-[\]-~]$/;
/** Without a width or a look: HFS+ and others leave such out when they compare names (CVE-2014-9390). */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** Two have always been enough. */
const MAX_ROUNDS = 8;

/**
 * One form of all the spellings of a name that some file system takes for the same: other case or Unicode form,
 * characters that are left out, and on Windows a stream's name, and dots and spaces at the end. To compare with.
 */
export function foldName(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  let folded = foldOnce(name);
  // What one step makes can be what another takes away.
  for (let rounds = 0, last = name; folded !== last && rounds < MAX_ROUNDS; rounds += 1) {
    last = folded;
    folded = foldOnce(folded);
  }
  return folded;
}

/** The folded names of a path, of Windows too. */
export function foldPath(path: string): readonly string[] {
  return path.split(/[/\\]/).map(foldName);
}

function foldOnce(name: string): string {
  return (
    name
      .replace(IGNORED, '')
      .normalize('NFKD')
      // To capitals first: that joins the long s, the dotless i and the final sigma with their kin.
      .toUpperCase()
      .toLowerCase()
      .replace(/i\u0307/g, 'i')
      .normalize('NFKC')
      .replace(/:.*$/s, '')
      .replace(/[. ]+$/, '')
  );
}
