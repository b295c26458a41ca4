/** Each reads all there is, and says what it made of it. */
export const READERS: readonly string[] = [
  ...[
    'while read l; do echo "<$l>"; done',
    'while IFS= read -r l; do echo "<$l>"; done',
    'while read -r l m; do echo "<$l|$m>"; done',
    'while IFS=: read l m; do echo "$m-$l"; done',
    'while IFS=\' a\' read -r l m n; do echo "[$l][$m][$n]"; done',
    '{ read l; echo "$?:$l"; cat; }',
    '{ read -r; echo "$?:$REPLY"; wc -c; }',
    '( read l m; cat; echo "$m$l" )',
    'until ! read -r l; do echo "$l"; done',
    "while IFS= read -r -d '' l; do echo z; done",
    '{ while read -d e l; do echo "($l)"; done; echo "$l"; }',
    'while read l; do echo "$l"; cat; done',
  ],
];
/** For a `read` to split. */
export const LINES: readonly string[] = [
  ...[
    "'a b  c'",
    "' lead and trail '",
    "'a:b::c:'",
    "'x\\ty'",
    "'a\\ b\\'",
    "$'two\\nlines'",
    "''",
    '"q  r"',
    "'é\\é'",
    "'aaa bab'",
  ],
];
/** Of `set`. */
export const OPTIONS: readonly string[] = [
  '-e',
  '-u',
  '-eu',
  '-o errexit',
  '-o nounset',
  '+e',
  '+u',
  '-e',
  '-eu',
];
