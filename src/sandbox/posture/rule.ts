import type { EngineInfo } from '../engine.js';
import type { ContainerFacts, ContainerSpec } from '../spec.js';

/** One thing that must hold. The id is what messages, tests and the documents speak of. */
export interface Rule<Subject> {
  readonly id: string;
  /** What holds, as a sentence without its full stop. */
  readonly title: string;
  /** Where it comes from, with the version; empty for the project's own. */
  readonly sources: readonly string[];
  /** `undefined`, or why it does not hold: one clause. */
  check(subject: Subject): string | undefined;
}

/** A container at one of the moments when it is judged. */
export interface ContainerSubject {
  /** `asked`: as it is about to be sent to the engine; the others as `inspect` tells. */
  readonly stage: 'asked' | 'made' | 'running';
  readonly asked: ContainerSpec;
  readonly container: ContainerFacts;
}

export type ContainerRule = Rule<ContainerSubject>;

/** A further program that is about to be started in a running container. */
export interface ExecSubject {
  readonly user: string;
  readonly privileged: boolean;
}

export type ExecRule = Rule<ExecSubject>;

/** What the engine says of itself, as far as every container depends on it. */
export type EngineRule = Rule<Pick<EngineInfo, 'seccomp'>>;

export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly reason: string;
}
