import { protectionErrors } from '../../base/protection-errors.js';
import type { EngineInfo } from '../engine.js';
import type { ContainerSubject, ExecSubject, Finding, Rule } from './rule.js';
import { containerRules, engineRules, execRules } from './rules.js';

/** What of a container does not hold; an empty list means that it may be made, started, or go on. */
export function checkPosture(subject: ContainerSubject): readonly Finding[] {
  return applyRules(containerRules, subject);
}

/** What does not hold of a further program in a container. */
export function checkExec(subject: ExecSubject): readonly Finding[] {
  return applyRules(execRules, subject);
}

/** What the engine lacks for any sandbox. */
export function checkEngine(engine: Pick<EngineInfo, 'seccomp'>): readonly Finding[] {
  return applyRules(engineRules, engine);
}

/** Throws `posture-failed`, with every rule that does not hold. */
export function requirePosture(subject: ContainerSubject): void {
  const findings = checkPosture(subject).map(describeFinding);
  if (findings.length === 0) return;
  throw subject.stage === 'asked'
    ? protectionErrors.postureRefused(findings)
    : protectionErrors.postureFailed(findings, subject.stage);
}

/** Throws `posture-failed` before the program starts. */
export function requireExecPosture(subject: ExecSubject): void {
  const findings = checkExec(subject).map(describeFinding);
  if (findings.length > 0) throw protectionErrors.postureRefused(findings);
}

/** Throws `posture-failed` before anything is made. */
export function requireEnginePosture(engine: Pick<EngineInfo, 'seccomp'>): void {
  const findings = checkEngine(engine).map(describeFinding);
  if (findings.length > 0) throw protectionErrors.postureFailed(findings, 'engine');
}

export function describeFinding({ rule, title, reason }: Finding): string {
  return `${title} (${rule}): ${reason}`;
}

function applyRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  return rules.flatMap(({ id, title, check }) => {
    const reason = check(subject);
    return reason === undefined ? [] : [{ rule: id, title, reason }];
  });
}
