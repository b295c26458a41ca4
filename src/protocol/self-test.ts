import * as z from 'zod';

/**
 * What a guest program found about its own sandbox before any agent acted: facts as they were read, which the host
 * judges. The bridge posts it to /self-test, the tool proxy answers /init with it.
 */
export const selfTestFacts = z.object({
  /** Text of each file that could be read, by its path. */
  files: z.record(z.string().max(128), z.string().max(256 * 1024)),
  /** What became of each thing that must not work: `ok`, `timeout`, or the code of its error. */
  attempts: z.record(z.string().max(128), z.string().max(64)),
  /** Names of the network interfaces that are up. */
  interfaces: z.array(z.string().max(64)).max(64),
  /** Bytes of the file systems in memory, by where they are. */
  sizes: z.record(z.string().max(128), z.number().min(0)),
  /** How long a short timer took by the monotonic clock, and the whole of it, ms. */
  timerMs: z.number(),
  tookMs: z.number(),
});
export type SelfTestFacts = z.infer<typeof selfTestFacts>;

/** What the timer was set to, ms. */
export const selfTestTimerMs = 3;

/** What is tried; none of it may succeed. */
export const selfTestAttempts = {
  network: { tcp4: '192.0.2.1', udp4: '192.0.2.1', udp6: '2001:db8::1' },
  folders: ['/', '/etc', '/usr'],
  settings: ['/proc/sys/kernel/core_pattern', '/sys/kernel/uevent_helper'],
  workspace: ['/workspace', '/run/airlock/upper'],
  /** The environment of another user's process. */
  processes: 'other-processes',
  sockets: ['/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock'],
} as const;
