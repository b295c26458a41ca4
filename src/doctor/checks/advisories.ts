import type { EngineComponent } from '../../sandbox/engine.js';
import type { AdvisedComponent, Advisory } from '../advisories/advisory.js';
import { advisories, lookedThrough } from '../advisories/index.js';
import type { Check, Verdict } from '../check.js';
import { type ComponentVersion, findRange, newest, parseVersion } from '../component-version.js';
import { onEngine } from './on-engine.js';

export const engineAdvisoriesCheck = checkAdvisories('engine', 'Docker Engine', /^engine$/i);
export const containerdAdvisoriesCheck = checkAdvisories('containerd', 'containerd', /^containerd$/i);
export const runcAdvisoriesCheck = checkAdvisories('runc', 'runc', /^runc$/i);

/** An advisory that covers a version, and the first version of that line which it does not. */
interface Hit {
  readonly advisory: Advisory;
  readonly fixed: string;
}

/** Which known vulnerabilities the version in use has. */
function checkAdvisories(component: AdvisedComponent, title: string, name: RegExp): Check {
  return onEngine(`cve-${component}`, `CVEs of ${title}`, ({ components }) => {
    const found = components.find((candidate) => name.test(candidate.name));
    const version = found === undefined ? undefined : parseVersion(found.version);
    if (found === undefined || version === undefined) {
      return {
        status: 'unknown',
        reason:
          found === undefined
            ? `The engine names no ${title} among its parts, so nothing could be looked up.`
            : `The engine's ${title} has a version that cannot be read (${found.version}).`,
        fix: `Find out which version the engine uses (\`docker version\`), and compare it with the advisories of ${title}.`,
      };
    }
    const known = advisories.filter((advisory) => advisory.component === component);
    return judge(title, found, version, known.flatMap(findHit(version)), known.length);
  });
}

function findHit({ upstream }: ComponentVersion): (advisory: Advisory) => readonly Hit[] {
  return (advisory) => {
    const range = findRange(upstream, advisory.affected);
    return range === undefined ? [] : [{ advisory, fixed: range[1] }];
  };
}

function judge(
  title: string,
  { version, build }: EngineComponent,
  { suffix }: ComponentVersion,
  hits: readonly Hit[],
  known: number,
): Verdict {
  const name = `${title} ${version}`;
  if (hits.length === 0) {
    return {
      status: 'ok',
      reason: `None of the ${known} that Airlock knows of (as of ${lookedThrough}) is in ${name}.`,
    };
  }
  const details = [...hits].sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a))).map(describeHit);
  const count = hits.length === 1 ? 'One is' : `${hits.length} are`;
  const lead = `${count} known of ${name} (as of ${lookedThrough}). ${describeReach(hits)}`;
  const update = `Update ${title} to ${newest(hits.map(({ fixed }) => fixed))} or newer.`;
  if (suffix !== '') {
    return {
      status: 'warn',
      reason: `${lead} The suffix "${suffix}" says that a distribution made it, which may have put the fixes in without a new number.`,
      // A build is a distribution's package when it is a version, and a commit otherwise.
      fix: `Look up ${parseVersion(build) === undefined ? version : build} in your distribution's security tracker and install its updates. ${update}`,
      details,
    };
  }
  return { status: hits.some(isUrgent) ? 'fail' : 'warn', reason: lead, fix: update, details };
}

/** What an agent could use to leave its sandbox. */
function isUrgent({ advisory: { concern, severity } }: Hit): boolean {
  return concern === 'sandbox' && (severity === 'high' || severity === 'critical');
}

function describeReach(hits: readonly Hit[]): string {
  if (hits.some(isUrgent)) return 'An agent might use it to leave its sandbox.';
  if (hits.some(({ advisory }) => advisory.concern === 'kernel'))
    return "Whether an agent could leave its sandbox depends on the machine's kernel.";
  return 'Airlock does not use the engine in the ways they need; other containers of yours may.';
}

function describeHit({ advisory, fixed }: Hit): string {
  const { id, severity, summary, source } = advisory;
  const since = advisory.concern === 'kernel' ? 'guarded against from' : 'fixed in';
  return `${id} (${severity}, ${since} ${fixed}): ${summary} ${source}`;
}
