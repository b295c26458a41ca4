import type { CommandRuleInput } from '../../policy.js';
import { basename } from './basename.js';
import { cat } from './cat.js';
import { cmp } from './cmp.js';
import { cp } from './cp.js';
import { cut } from './cut.js';
import { date } from './date.js';
import { diff } from './diff.js';
import { dirname } from './dirname.js';
import { du } from './du.js';
import { echo } from './echo.js';
import { falseTool } from './false.js';
import { file } from './file.js';
import { find } from './find.js';
import { git } from './git.js';
import { grep } from './grep.js';
import { head } from './head.js';
import { ls } from './ls.js';
import { make } from './make.js';
import { mkdir } from './mkdir.js';
import { mv } from './mv.js';
import { node } from './node.js';
import { npm } from './npm.js';
import { printf } from './printf.js';
import { pwd } from './pwd.js';
import { python } from './python.js';
import { realpath } from './realpath.js';
import { rg } from './rg.js';
import { rm } from './rm.js';
import { sha256sum } from './sha256sum.js';
import { sort } from './sort.js';
import { stat } from './stat.js';
import { tail } from './tail.js';
import { test } from './test.js';
import { touch } from './touch.js';
import { tr } from './tr.js';
import { trueTool } from './true.js';
import { uniq } from './uniq.js';
import { wc } from './wc.js';

/** Every tool we know the options of, by program name. */
export const knownTools: Readonly<Record<string, CommandRuleInput>> = {
  basename,
  cat,
  cmp,
  cp,
  cut,
  date,
  diff,
  dirname,
  du,
  echo,
  false: falseTool,
  file,
  find,
  git,
  grep,
  head,
  ls,
  make,
  mkdir,
  mv,
  node,
  npm,
  printf,
  pwd,
  python,
  python3: python,
  realpath,
  rg,
  rm,
  sha256sum,
  sort,
  stat,
  tail,
  test,
  touch,
  tr,
  true: trueTool,
  uniq,
  wc,
};
