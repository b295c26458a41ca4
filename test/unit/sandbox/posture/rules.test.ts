import assert from 'node:assert/strict';
import { AirlockError } from '../../../../src/base/errors.js';
import { toCheckedExec, toCheckedOptions } from '../../../../src/sandbox/docker/checked-options.js';
import { toCreateOptions } from '../../../../src/sandbox/docker/create-options.js';
import { toAskedFacts } from '../../../../src/sandbox/docker/facts.js';
import {
  checkEngine,
  checkExec,
  checkPosture,
  requireEnginePosture,
  requirePosture,
} from '../../../../src/sandbox/posture/check-posture.js';
import type { ContainerSubject } from '../../../../src/sandbox/posture/rule.js';
import { containerRules, engineRules, execRules } from '../../../../src/sandbox/posture/rules.js';
import type { ContainerSpec } from '../../../../src/sandbox/spec.js';
import { type Mutation, mutations } from './mutations.js';
import { honestFacts, sampleSpec } from './sample.js';

const stages = ['asked', 'made', 'running'] as const;
const rules = [...containerRules, ...execRules, ...engineRules];

function subjectOf(stage: (typeof stages)[number], mutation: Mutation = {}): ContainerSubject {
  const asked: ContainerSpec = { ...sampleSpec(), ...mutation.asked };
  const container = stage === 'asked' ? toAskedFacts(toCreateOptions(asked)) : honestFacts(asked);
  return { stage, asked, container: { ...container, ...mutation.container } };
}

function isPostureFailure(pattern: RegExp) {
  return (error: unknown) =>
    error instanceof AirlockError && error.code === 'posture-failed' && pattern.test(error.message);
}

describe('posture', () => {
  let caught = 0;

  it('has rules with an id and a title of their own, and a source in each id that names one', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    assert.equal(new Set(rules.map(({ title }) => title)).size, rules.length);
    for (const { id, sources } of rules) {
      const section = /^CIS-([\d.]+)/.exec(id)?.[1];
      if (section !== undefined) assert.equal(sources[0], `CIS Docker Benchmark 1.6.0, ${section}`);
      if (!id.startsWith('AIRLOCK-')) assert.ok(sources.length > 0, id);
    }
  });

  it('covers the section on containers of the benchmark, but for what is none of a container', () => {
    const told = new Set(rules.flatMap(({ sources }) => sources).map((source) => source.split(', ')[1]));
    // 5.1 is of the engine: swarm mode gives a container nothing that the other rules leave open.
    const sections = Array.from({ length: 31 }, (_, index) => `5.${index + 2}`);
    assert.deepEqual(
      ['4.1', '4.8', ...sections].filter((section) => !told.has(section)),
      [],
    );
  });

  it('finds nothing in the sound container, as it is asked for, made and running', () => {
    for (const stage of stages) assert.deepEqual(checkPosture(subjectOf(stage)), [], stage);
  });

  it('has a mutation for every rule, and none for another', () => {
    assert.deepEqual(Object.keys(mutations).sort(), containerRules.map(({ id }) => id).sort());
  });

  for (const { id, title } of containerRules) {
    it(`${id}: ${title}`, () => {
      const own = mutations[id] ?? [];
      assert.ok(own.length > 0);
      for (const mutation of own) {
        for (const stage of stages) {
          const found = checkPosture(subjectOf(stage, mutation));
          assert.deepEqual(
            found.map(({ rule }) => rule),
            [id],
            `${stage}: ${JSON.stringify(mutation).slice(0, 300)}`,
          );
          assert.ok((found[0]?.reason.length ?? 0) > 5);
        }
        caught += 1;
      }
    });
  }

  it('does not take an engine at its word that it hides nothing of /proc', () => {
    const hidden = { maskedPaths: undefined, readonlyPaths: undefined };
    for (const stage of ['made', 'running'] as const) {
      const found = checkPosture(subjectOf(stage, { container: hidden }));
      assert.deepEqual(
        found.map(({ rule }) => rule),
        ['PSS-proc-masked', 'PSS-proc-read-only'],
      );
    }
  });

  it('sends no container to an engine that breaks a rule, and says which', () => {
    assert.doesNotThrow(() => toCheckedOptions(sampleSpec()));
    assert.throws(
      () => toCheckedOptions({ ...sampleSpec(), image: 'airlock-sandbox:latest' }),
      isPostureFailure(/CIS-5\.28.*Nothing was started/),
    );
    assert.throws(
      () => requirePosture(subjectOf('made', { container: { privileged: true, pidMode: 'host' } })),
      isPostureFailure(/CIS-5\.5.*CIS-5\.16.*before the agent started/),
    );
    assert.throws(
      () => requirePosture(subjectOf('running', { container: { privileged: true } })),
      isPostureFailure(/CIS-5\.5.*before any tool ran/),
    );
  });

  it('shows what an image may have written without its tricks', () => {
    const env = [...sampleSpec().env, `X=${'\u202e'}${'y'.repeat(5000)}`];
    const [finding] = checkPosture(subjectOf('made', { container: { env } }));
    assert.ok(finding !== undefined && finding.reason.length < 400);
    assert.ok(!finding.reason.includes('\u202e'));
  });

  it('judges the further programs', () => {
    assert.deepEqual(checkExec({ user: '1000:1000', privileged: false }), []);
    for (const user of ['', '0', '0:0', 'root', '1000', '1000:0', '0:1000', '1000:1000:0']) {
      const found = checkExec({ user, privileged: false });
      assert.deepEqual(
        found.map(({ rule }) => rule),
        ['CIS-5.24'],
        user,
      );
    }
    const found = checkExec({ user: '1000:1000', privileged: true });
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['CIS-5.23'],
    );
    assert.throws(
      () => toCheckedExec({ user: '0:0', argv: ['/bin/true'], env: [], cwd: '/' }),
      isPostureFailure(/CIS-5\.24/),
    );
  });

  it('refuses an engine without seccomp before anything is made', () => {
    assert.deepEqual(checkEngine({ seccomp: true }), []);
    assert.throws(() => requireEnginePosture({ seccomp: false }), isPostureFailure(/CIS-5\.22-engine/));
  });

  after(() => {
    console.log(
      `    posture: ${containerRules.length} rules x ${caught} mutations x ${stages.length} stages, all caught; ` +
        `${execRules.length} for further programs, ${engineRules.length} for the engine`,
    );
  });
});
