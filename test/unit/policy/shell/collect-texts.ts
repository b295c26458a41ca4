import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { fixedPrograms } from '../../../engine/shell/fixed-programs.js';
import { generatePrograms } from '../../../engine/shell/generate.js';
import { readCorpus } from '../corpus/read-corpus.js';
import { scriptText } from './script-texts.js';

const MAX_GENERATED_CHARS = 300;

/** Texts for both parsers by where they come from, each once; many are outside the subset. */
export function collectTexts(seed: number): ReadonlyMap<string, readonly string[]> {
  const corpora = [...readCorpus('benign'), ...readCorpus('attacks')].map(({ command }) => command);
  const generated = [...generatePrograms(seed, 3000), ...fc.sample(scriptText, { numRuns: 3000, seed })];
  const seen = new Set<string>();
  const once = (texts: readonly string[]) => texts.filter((text) => !seen.has(text) && seen.add(text));
  return new Map([
    ['corpora', once(corpora)],
    ['examples', once([...readExamples(), ...fixedPrograms])],
    ['generated', once(generated.filter(({ length }) => length <= MAX_GENERATED_CHARS))],
  ]);
}

const LITERAL = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`(?:[^`\\$]|\\[\s\S])*`/g;

/** Whatever the parser's own tests have between quotes. */
function readExamples(): string[] {
  const folder = join(process.cwd(), 'test/unit/policy/shell');
  const files = readdirSync(folder).filter((name) => name.startsWith('parse-') && name.endsWith('.test.ts'));
  const sources = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const literals = sources.flatMap((source) =>
    source.replace(/^\s*(?:\/[/*]|\*|import ).*$/gm, '').match(LITERAL),
  );
  return literals.map((literal) => String(runInNewContext(literal ?? "''")));
}
