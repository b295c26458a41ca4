import type { Advisory } from './advisory.js';
import { engineAdvisories2026 } from './engine-2026.js';

/** Docker Engine (Moby), with the BuildKit that is part of it. */
export const engineAdvisories: readonly Advisory[] = [
  {
    id: 'CVE-2021-41091',
    component: 'engine',
    affected: [['0.0.0', '20.10.9']],
    severity: 'medium',
    concern: 'elsewhere',
    summary: "Other users of the machine may enter the engine's data and run programs of containers there.",
    source: 'https://github.com/moby/moby/security/advisories/GHSA-3fwx-pjgw-3558',
    published: '2021-10-04',
  },
  {
    id: 'CVE-2022-24769',
    component: 'engine',
    affected: [['0.0.0', '20.10.14']],
    severity: 'medium',
    concern: 'elsewhere',
    summary: 'Containers start with inheritable capabilities, which their programs could use.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-2mm7-x5h6-5pvq',
    published: '2022-03-24',
  },
  {
    id: 'CVE-2022-36109',
    component: 'engine',
    affected: [['0.0.0', '20.10.18']],
    severity: 'medium',
    concern: 'elsewhere',
    summary: 'Supplementary groups are not set up, so that a program gets around what its group must not do.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-rc4r-wh2q-q6c4',
    published: '2022-09-09',
  },
  ...buildKit(
    'CVE-2024-23651',
    'high',
    'GHSA-m3r6-h7wv-7xxv',
    'a race of cache mounts gives a build files of the host.',
  ),
  ...buildKit(
    'CVE-2024-23652',
    'critical',
    'GHSA-4v98-7qmw-rqr8',
    'a build removes files of the host by a crafted mount.',
  ),
  ...buildKit(
    'CVE-2024-23653',
    'critical',
    'GHSA-wr6v-9f75-vh2g',
    'a build starts a container with more rights than it may.',
  ),
  {
    id: 'CVE-2024-24557',
    component: 'engine',
    affected: [
      ['0.0.0', '24.0.9'],
      ['25.0.0', '25.0.2'],
    ],
    severity: 'medium',
    concern: 'elsewhere',
    summary: 'The cache of the classic builder takes a crafted image for a step of a build from scratch.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-xw73-rw38-6vjc',
    published: '2024-02-01',
  },
  {
    id: 'CVE-2024-29018',
    component: 'engine',
    affected: [
      ['0.0.0', '23.0.11'],
      ['24.0.0', '25.0.5'],
      ['26.0.0-rc.1', '26.0.0-rc.3'],
    ],
    severity: 'medium',
    concern: 'elsewhere',
    summary: 'Containers on an internal network reach name servers outside.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-mq39-4gv4-mvpx',
    published: '2024-03-20',
  },
  {
    id: 'CVE-2024-41110',
    component: 'engine',
    affected: [
      ['19.3.0', '23.0.15'],
      ['24.0.0', '25.0.6'],
      ['26.0.0', '26.1.5'],
      ['27.0.0', '27.1.1'],
    ],
    severity: 'critical',
    concern: 'elsewhere',
    summary: 'A request with an empty body gets around authorization plugins.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-v23v-6jw2-98fq',
    published: '2024-07-23',
  },
  {
    id: 'CVE-2025-54388',
    component: 'engine',
    affected: [['28.2.0', '28.3.3']],
    severity: 'medium',
    concern: 'elsewhere',
    summary:
      'After a reload of firewalld, ports published to the loopback address can be reached from the network.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-x4rx-4gw3-53p4',
    published: '2025-07-29',
  },
  {
    id: 'CVE-2025-54410',
    component: 'engine',
    affected: [
      ['0.0.0', '25.0.13'],
      ['26.0.0', '28.0.0'],
    ],
    severity: 'low',
    concern: 'elsewhere',
    summary: 'After a reload of firewalld, bridge networks are no longer kept apart.',
    source: 'https://github.com/moby/moby/security/advisories/GHSA-4vq8-7jfc-9cvp',
    published: '2025-07-30',
  },
  ...engineAdvisories2026,
];

/** BuildKit before 0.12.5; the first engine with the fixed one is 25.0.2 (release notes of 24.0.9). */
function buildKit(
  id: string,
  severity: Advisory['severity'],
  ghsa: string,
  what: string,
): readonly Advisory[] {
  return [
    {
      id,
      component: 'engine',
      affected: [['18.9.0', '25.0.2']],
      severity,
      concern: 'elsewhere',
      summary: `BuildKit: ${what}`,
      source: `https://github.com/moby/buildkit/security/advisories/${ghsa}`,
      published: '2024-01-31',
    },
  ];
}
