import type { ToolTable } from '../tool-table.js';
import { awk } from './awk.js';
import { b2sum } from './b2sum.js';
import { base64 } from './base64.js';
import { basename } from './basename.js';
import { black } from './black.js';
import { bracket } from './bracket.js';
import { cargo } from './cargo.js';
import { cat } from './cat.js';
import { cc } from './cc.js';
import { chmod } from './chmod.js';
import { cksum } from './cksum.js';
import { clang } from './clang.js';
import { clangxx } from './clangxx.js';
import { cmake } from './cmake.js';
import { cmp } from './cmp.js';
import { column } from './column.js';
import { comm } from './comm.js';
import { command } from './command.js';
import { cp } from './cp.js';
import { ctest } from './ctest.js';
import { cut } from './cut.js';
import { date } from './date.js';
import { df } from './df.js';
import { diff } from './diff.js';
import { dirname } from './dirname.js';
import { du } from './du.js';
import { echo } from './echo.js';
import { egrep } from './egrep.js';
import { env } from './env.js';
import { eslint } from './eslint.js';
import { expand } from './expand.js';
import { expr } from './expr.js';
import { falseTool } from './false.js';
import { fgrep } from './fgrep.js';
import { file } from './file.js';
import { find } from './find.js';
import { flake8 } from './flake8.js';
import { fmt } from './fmt.js';
import { fold } from './fold.js';
import { gawk } from './gawk.js';
import { gcc } from './gcc.js';
import { getconf } from './getconf.js';
import { git } from './git.js';
import { go } from './go.js';
import { gofmt } from './gofmt.js';
import { gradle } from './gradle.js';
import { grep } from './grep.js';
import { gunzip } from './gunzip.js';
import { gxx } from './gxx.js';
import { gzip } from './gzip.js';
import { head } from './head.js';
import { hexdump } from './hexdump.js';
import { hostname } from './hostname.js';
import { id } from './id.js';
import { install } from './install.js';
import { isort } from './isort.js';
import { java } from './java.js';
import { javac } from './javac.js';
import { jest } from './jest.js';
import { join } from './join.js';
import { jq } from './jq.js';
import { ln } from './ln.js';
import { ls } from './ls.js';
import { make } from './make.js';
import { mawk } from './mawk.js';
import { md5sum } from './md5sum.js';
import { mkdir } from './mkdir.js';
import { mktemp } from './mktemp.js';
import { mocha } from './mocha.js';
import { mv } from './mv.js';
import { mvn } from './mvn.js';
import { mypy } from './mypy.js';
import { nice } from './nice.js';
import { nl } from './nl.js';
import { node } from './node.js';
import { nohup } from './nohup.js';
import { npm } from './npm.js';
import { nproc } from './nproc.js';
import { npx } from './npx.js';
import { od } from './od.js';
import { paste } from './paste.js';
import { patch } from './patch.js';
import { pip } from './pip.js';
import { pip3 } from './pip3.js';
import { pnpm } from './pnpm.js';
import { poetry } from './poetry.js';
import { prettier } from './prettier.js';
import { printenv } from './printenv.js';
import { printf } from './printf.js';
import { ps } from './ps.js';
import { pwd } from './pwd.js';
import { pytest } from './pytest.js';
import { python } from './python.js';
import { python3 } from './python3.js';
import { readlink } from './readlink.js';
import { realpath } from './realpath.js';
import { rev } from './rev.js';
import { rg } from './rg.js';
import { rm } from './rm.js';
import { rmdir } from './rmdir.js';
import { ruff } from './ruff.js';
import { rustfmt } from './rustfmt.js';
import { sed } from './sed.js';
import { seq } from './seq.js';
import { sha1sum } from './sha1sum.js';
import { sha256sum } from './sha256sum.js';
import { sha512sum } from './sha512sum.js';
import { sleep } from './sleep.js';
import { sort } from './sort.js';
import { split } from './split.js';
import { stat } from './stat.js';
import { stdbuf } from './stdbuf.js';
import { strings } from './strings.js';
import { tac } from './tac.js';
import { tail } from './tail.js';
import { tar } from './tar.js';
import { tee } from './tee.js';
import { test } from './test.js';
import { timeout } from './timeout.js';
import { touch } from './touch.js';
import { tr } from './tr.js';
import { tree } from './tree.js';
import { trueTool } from './true.js';
import { truncate } from './truncate.js';
import { tsc } from './tsc.js';
import { typeTool } from './type.js';
import { uname } from './uname.js';
import { unexpand } from './unexpand.js';
import { uniq } from './uniq.js';
import { unzip } from './unzip.js';
import { uv } from './uv.js';
import { vitest } from './vitest.js';
import { wc } from './wc.js';
import { which } from './which.js';
import { whoami } from './whoami.js';
import { xargs } from './xargs.js';
import { xxd } from './xxd.js';
import { yarn } from './yarn.js';
import { yes } from './yes.js';
import { zcat } from './zcat.js';
import { zip } from './zip.js';

/** Every tool that Airlock knows, by the name it is called by. */
export const toolTables: Readonly<Record<string, ToolTable>> = {
  awk: awk,
  b2sum: b2sum,
  base64: base64,
  basename: basename,
  black: black,
  '[': bracket,
  cargo: cargo,
  cat: cat,
  chmod: chmod,
  cksum: cksum,
  cmp: cmp,
  column: column,
  comm: comm,
  command: command,
  cp: cp,
  cut: cut,
  date: date,
  df: df,
  diff: diff,
  dirname: dirname,
  du: du,
  echo: echo,
  egrep: egrep,
  env: env,
  eslint: eslint,
  expand: expand,
  expr: expr,
  false: falseTool,
  fgrep: fgrep,
  file: file,
  find: find,
  flake8: flake8,
  fmt: fmt,
  fold: fold,
  gawk: gawk,
  getconf: getconf,
  git: git,
  go: go,
  grep: grep,
  gunzip: gunzip,
  gzip: gzip,
  head: head,
  hexdump: hexdump,
  hostname: hostname,
  id: id,
  install: install,
  isort: isort,
  jest: jest,
  join: join,
  jq: jq,
  ln: ln,
  ls: ls,
  make: make,
  mawk: mawk,
  md5sum: md5sum,
  mkdir: mkdir,
  mktemp: mktemp,
  mocha: mocha,
  mv: mv,
  mypy: mypy,
  nice: nice,
  nl: nl,
  node: node,
  nohup: nohup,
  npm: npm,
  nproc: nproc,
  npx: npx,
  od: od,
  paste: paste,
  patch: patch,
  pip: pip,
  pip3: pip3,
  pnpm: pnpm,
  prettier: prettier,
  printenv: printenv,
  printf: printf,
  ps: ps,
  pwd: pwd,
  pytest: pytest,
  python: python,
  python3: python3,
  readlink: readlink,
  realpath: realpath,
  rev: rev,
  rg: rg,
  rm: rm,
  rmdir: rmdir,
  ruff: ruff,
  sed: sed,
  seq: seq,
  sha1sum: sha1sum,
  sha256sum: sha256sum,
  sha512sum: sha512sum,
  sleep: sleep,
  sort: sort,
  split: split,
  stat: stat,
  stdbuf: stdbuf,
  strings: strings,
  tac: tac,
  tail: tail,
  tar: tar,
  tee: tee,
  test: test,
  timeout: timeout,
  touch: touch,
  tr: tr,
  tree: tree,
  true: trueTool,
  truncate: truncate,
  tsc: tsc,
  type: typeTool,
  uname: uname,
  unexpand: unexpand,
  uniq: uniq,
  unzip: unzip,
  vitest: vitest,
  wc: wc,
  which: which,
  whoami: whoami,
  xargs: xargs,
  xxd: xxd,
  yarn: yarn,
  yes: yes,
  zcat: zcat,
  zip: zip,
  gofmt: gofmt,
  rustfmt: rustfmt,
  gcc: gcc,
  cc: cc,
  clang: clang,
  'g++': gxx,
  'clang++': clangxx,
  cmake: cmake,
  ctest: ctest,
  javac: javac,
  java: java,
  mvn: mvn,
  gradle: gradle,
  uv: uv,
  poetry: poetry,
};
