import type { ToolTable } from '../tool-table.js';

/** The phases, and goals of plug-ins that most projects use: others run whatever their arguments say. */
const goals =
  /^(?:(?:pre-|post-)?(?:clean|site|integration-test)|validate|initialize|(?:generate|process)-(?:test-)?(?:sources|resources|classes)|compile|test-compile|test|prepare-package|package|verify|install|(?:dependency:(?:tree|list|analyze|resolve|go-offline)|surefire:[\w-]+|failsafe:[\w-]+|compiler:[\w-]+|spring-boot:(?:run|repackage|build-info)|quarkus:(?:dev|test|build)|checkstyle:[\w-]+|spotless:(?:apply|check)|spotbugs:check|pmd:check|jacoco:report|formatter:[\w-]+|fmt:(?:format|check)|versions:display-[\w-]+|help:(?:effective-pom|evaluate|describe)|enforcer:enforce|resources:[\w-]+|jar:jar|javadoc:javadoc))$/;

/** Maven: what needs a network fails. */
export const mvn: ToolTable = {
  summary: 'Builds and tests Java.',
  abbreviations: false,
  startsPrograms: true,
  writes: true,
  operands: ['text'],
  operandPatterns: [goals],
  options: {
    '-q, --quiet': 'none',
    '-o, --offline': 'none',
    '-B, --batch-mode': 'none',
    '-e, --errors': 'none',
    '-X, --debug': 'none',
    '-U, --update-snapshots': 'none',
    '-N, --non-recursive': 'none',
    '-ntp, --no-transfer-progress': 'none',
    '-am, --also-make': 'none',
    '-amd, --also-make-dependents': 'none',
    '-ff, --fail-fast': 'none',
    '-fae, --fail-at-end': 'none',
    '-fn, --fail-never': 'none',
    '-nsu, --no-snapshot-updates': 'none',
    '-pl, --projects': 'text',
    '-rf, --resume-from': 'text',
    '-P, --activate-profiles': 'text',
    '-T, --threads': 'text',
    '-f, --file': 'read',
    '-l, --log-file': 'write',
    '-D, --define': {
      takes: 'text',
      pattern:
        /^(?!exec\.|maven\.(?:ext|repo|compiler\.(?:executable|fork))|.*(?:argLine|jvm|\.\.|=\s*[~/]))[\w.-]+(?:=.*)?$/i,
    },
    '-v, --version': 'none',
    '-V, --show-version': 'none',
    // Settings from elsewhere.
    '-s, --settings': 'denied=',
    '-gs, --global-settings': 'denied=',
    '-t, --toolchains': 'denied=',
  },
};
