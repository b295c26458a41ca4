import assert from 'node:assert/strict';
import { lt, valid } from 'semver';
import { advisories, lookedThrough } from '../../../src/doctor/advisories/index.js';
import { findRange, newest, parseVersion } from '../../../src/doctor/component-version.js';

describe('the table of advisories', () => {
  it('has each once', () => {
    assert.equal(new Set(advisories.map(({ id }) => id)).size, advisories.length);
  });

  for (const { id, affected, source, published, summary } of advisories) {
    it(`${id} has ranges that are well formed and in order, a source and a day`, () => {
      assert.match(id, /^CVE-\d{4}-\d{4,}$/);
      assert.ok(affected.length > 0);
      for (const [introduced, fixed] of affected) {
        assert.equal(valid(introduced), introduced);
        assert.equal(valid(fixed), fixed);
        assert.ok(lt(introduced, fixed), `${introduced} < ${fixed}`);
      }
      for (const [index, [, fixed]] of affected.slice(0, -1).entries())
        assert.ok(lt(fixed, affected[index + 1]?.[0] ?? ''), 'ranges overlap');
      assert.match(
        source,
        /^https:\/\/(nvd\.nist\.gov\/vuln\/detail\/CVE-|github\.com\/(advisories|[\w-]+\/[\w-]+\/security\/advisories)\/GHSA-)/,
      );
      assert.match(published, /^20\d\d-\d\d(-\d\d)?$/);
      assert.ok(published <= lookedThrough);
      assert.match(summary, /^[A-Z].*\.$/);
    });
  }

  const covered: [string, string, boolean][] = [
    ['CVE-2019-5736', '1.0.0-rc6', true],
    ['CVE-2019-5736', '1.0.0-rc10', false],
    ['CVE-2021-30465', '1.0.0~rc93+ds1', true],
    ['CVE-2021-30465', '1.0.0-rc95', false],
    ['CVE-2024-21626', '1.1.11', true],
    ['CVE-2024-21626', '1.1.12', false],
    ['CVE-2024-45310', '1.2.0-rc.2', true],
    ['CVE-2025-31133', '1.2.7', true],
    ['CVE-2025-31133', '1.3.2', true],
    ['CVE-2025-31133', '1.3.3', false],
    ['CVE-2025-52881', '1.4.0-rc.2', true],
    ['CVE-2024-41110', '20.10.24', true],
    ['CVE-2024-41110', '19.03.15-ce', true],
    ['CVE-2024-41110', '18.09.1', false],
    ['CVE-2024-41110', '23.0.15', false],
    ['CVE-2024-41110', '27.1.1', false],
    ['CVE-2024-23652', '24.0.9', true],
    ['CVE-2024-23652', '25.0.2', false],
    ['CVE-2025-54388', '28.1.1', false],
    ['CVE-2025-54388', '28.3.2', true],
    ['CVE-2026-41567', '29.5.0', true],
    ['CVE-2026-41568', '29.5.1', false],
    ['CVE-2022-23648', 'v1.6.0', true],
    ['CVE-2024-25621', '1.7.28', true],
    ['CVE-2024-25621', '2.2.0', false],
  ];
  for (const [id, version, expected] of covered) {
    it(`${id} ${expected ? 'covers' : 'does not cover'} ${version}`, () => {
      const read = parseVersion(version);
      assert.ok(read);
      const affected = advisories.find((advisory) => advisory.id === id)?.affected;
      assert.ok(affected);
      assert.equal(findRange(read.upstream, affected) !== undefined, expected);
    });
  }
});

describe('the version of a component', () => {
  const cases: [string, { upstream: string; suffix: string } | undefined][] = [
    ['1.1.12', { upstream: '1.1.12', suffix: '' }],
    ['v2.1.4', { upstream: '2.1.4', suffix: '' }],
    ['1.1.5+ds1', { upstream: '1.1.5', suffix: '+ds1' }],
    ['1.6.20~ds1', { upstream: '1.6.20', suffix: '~ds1' }],
    ['20.10.24+dfsg1', { upstream: '20.10.24', suffix: '+dfsg1' }],
    ['1.1.12-0ubuntu2~22.04.1', { upstream: '1.1.12', suffix: '-0ubuntu2~22.04.1' }],
    ['19.03.15-ce', { upstream: '19.3.15', suffix: '' }],
    ['1.0.0-rc93', { upstream: '1.0.0-rc.93', suffix: '' }],
    ['1.0.0~rc93+ds1', { upstream: '1.0.0-rc.93', suffix: '+ds1' }],
    ['29.0.0-rc.1', { upstream: '29.0.0-rc.1', suffix: '' }],
    ['25.0', { upstream: '25.0.0', suffix: '' }],
    ['', undefined],
    ['dev', undefined],
    [`1.0.0${'x'.repeat(200)}`, undefined],
    ['9'.repeat(400), undefined],
  ];
  for (const [text, expected] of cases)
    it(`${text.slice(0, 40)} is read`, () => assert.deepEqual(parseVersion(text), expected));

  it('is compared by number, a candidate before its release', () => {
    assert.equal(newest(['1.9.0', '1.10.0', '1.10.0-rc.2', '1.10.0-rc.10']), '1.10.0');
    assert.equal(newest([]), undefined);
  });
});
