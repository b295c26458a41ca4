import type { Check } from '../check.js';
import { onEngine } from './on-engine.js';

const ASK_AGAIN = 'See whether the engine hangs (`docker images`), then run the doctor again.';

/** Whether the engine has the sandbox image that this version of Airlock makes. */
export const imageCheck: Check = onEngine('image', 'Sandbox image', (_, { images }) => {
  if (images.kind === 'unknown')
    return { status: 'unknown', reason: `It could not be looked for: ${images.reason}.`, fix: ASK_AGAIN };
  const { sandbox, base } = images.value;
  if (sandbox.present && base.present)
    return { status: 'ok', reason: `${sandbox.tag}, of this version of Airlock, is built.` };
  if (sandbox.present) {
    return {
      status: 'ok',
      reason: `${sandbox.tag}, of this version of Airlock, is built. Its base ${base.tag} is gone, and is made again with the next version.`,
    };
  }
  return {
    status: 'warn',
    reason: base.present
      ? `${sandbox.tag} is not built yet for this version of Airlock; its base ${base.tag} is there, so the first session makes it in seconds.`
      : `Neither ${sandbox.tag} nor its base ${base.tag} is built yet: the first session makes them, which takes a minute or more and needs the network.`,
    fix: 'Run an agent once; the image is built and stays.',
  };
});

/** Whether a build would have to fetch something. Nothing is asked of any registry. */
export const registryCheck: Check = onEngine('registry', 'Image registry', (_, { images }) => {
  if (images.kind === 'unknown')
    return {
      status: 'unknown',
      reason: `It is not known what a build needs: ${images.reason}.`,
      fix: ASK_AGAIN,
    };
  const { base, sandbox, from } = images.value;
  if (base.present || sandbox.present)
    return { status: 'ok', reason: 'Nothing needs to be fetched: the base image is there.' };
  return {
    status: 'warn',
    reason: from.present
      ? `${from.reference} is there, but the build of the base image still fetches Debian packages.`
      : `${from.reference} is not there: the build of the base image pulls it, and fetches Debian packages.`,
    fix: 'See that the engine reaches the network (behind a proxy: "proxies" in daemon.json), or load the base image from a machine that has it (`docker save`, `docker load`).',
  };
});
