import type { PathRule } from '../path-rule.js';

/** Images and machines that are built and started from the workspace, and what of it goes into them. */
export const containers: PathRule = {
  rule: 'containers',
  reason: 'it says what is built and run in containers or machines, and what of your machine they get',
  names: ['.dockerignore', '.containerignore', 'vagrantfile', 'skaffold.yaml', 'tiltfile', 'devspace.yaml'],
  pattern:
    /^(?:dockerfile|containerfile)(?:[.\-_]|$)|\.(?:dockerfile|containerfile|dockerignore)$|^(?:docker-)?(?:compose|bake)(?:[.\-_][\w.-]*)?\.(?:ya?ml|hcl|json)$|^docker-stack[\w.-]*\.ya?ml$/,
};
