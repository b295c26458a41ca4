import { deepEqual, ok } from 'node:assert/strict';
import { foldPath } from '../../../../src/workspace/fold-name.js';
import { PathRules } from '../../../../src/workspace/risk/path-rule.js';
import { pathRules } from '../../../../src/workspace/risk/paths.js';
import { classifyChange } from '../../../../src/workspace/risk/risk.js';
import { changeOf, linkTo } from './change.js';
import { pathFixtures } from './fixtures/paths.js';
import { spellings } from './spellings.js';

const rulesOf = (change: Parameters<typeof classifyChange>[0]) =>
  classifyChange(change).map(({ rule }) => rule);

describe('path rules', () => {
  it('each has a fixture, with cases of both kinds, and no fixture is without a rule', () => {
    deepEqual(Object.keys(pathFixtures).sort(), pathRules.map(({ rule }) => rule).sort());
    for (const { positive, negative } of Object.values(pathFixtures))
      ok(positive.length > 0 && negative.length > 0);
  });

  it('each name and place of a rule is in the form that it is compared in', () => {
    for (const { rule, names = [], places = [] } of pathRules) {
      for (const name of [...names, ...places]) deepEqual(foldPath(name).join('/'), name, rule);
      deepEqual([...new Set([...names, ...places])].length, names.length + places.length, `${rule} repeats`);
    }
  });

  for (const { rule, reason } of pathRules) {
    const { positive = [], negative = [] } = pathFixtures[rule] ?? {};
    describe(rule, () => {
      for (const path of positive) {
        it(`protects ${path}: made, changed, deleted, and in every spelling`, () => {
          for (const spelling of [path, ...spellings(path)]) {
            const found = classifyChange(changeOf(spelling, undefined, 'a'));
            ok(
              found.some((risk) => risk.rule === rule && risk.reason === reason),
              JSON.stringify(spelling),
            );
          }
          ok(rulesOf(changeOf(path, 'a', 'b')).includes(rule));
          ok(rulesOf(changeOf(path, 'a', undefined)).includes(rule));
        });
        it(`protects a link named ${path}, and one to it`, () => {
          ok(rulesOf(linkTo(path, 'elsewhere')).includes(rule));
          ok(rulesOf(linkTo('a/b/link', `../../${path}`)).includes(rule));
          ok(rulesOf(linkTo('link', `./${path}`)).includes(rule));
        });
      }
      for (const path of negative)
        it(`lets ${path} be`, () => deepEqual(rulesOf(changeOf(path, undefined, 'a')), []));
    });
  }

  it('a link to, or in the place of, a folder that holds a protected one counts', () => {
    ok(rulesOf(linkTo('.github', 'other')).includes('ci-workflows'));
    ok(rulesOf(linkTo('x/gh', '../.github')).includes('ci-workflows'));
    ok(rulesOf(linkTo('package.json', 'other.json')).includes('manifests'));
    ok(rulesOf(linkTo('a.json', 'package.json')).includes('manifests'));
    deepEqual(rulesOf(linkTo('docs/link', '../src/a.ts')), []);
  });

  it('a link says where it leads', () => {
    const [risk] = classifyChange(linkTo('docs/link', '../.vscode/tasks.json'));
    ok(risk?.reason.startsWith('it is a link to "../.vscode/tasks.json", and '));
  });

  it('finds every rule that a path is one of', () => {
    const rules = new PathRules([
      { rule: 'a', reason: 'x', names: ['x'] },
      { rule: 'b', reason: 'x', places: ['d/e'] },
      { rule: 'c', reason: 'x', pattern: /^x$/ },
      { rule: 'd', reason: 'x', path: /^\/d\// },
    ]);
    deepEqual([...rules.match(['d', 'e', 'x'])].map(({ rule }) => rule).sort(), ['a', 'b', 'c', 'd']);
    deepEqual([...rules.match(['e', 'd', 'y'])], []);
  });
});
