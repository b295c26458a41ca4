// The session core as one lazily loaded bundle: everything that activation must not pay for.
export { createSandboxHost } from './session/host.js';
