import type { ProgramSpec } from '../../protocol/bridge.js';

/** Puts the token and the port where the host left room for them. */
export function fillSpec(spec: ProgramSpec, token: string, port: number): ProgramSpec {
  const fill = (text: string) => text.replaceAll('{token}', token).replaceAll('{port}', String(port));
  return {
    ...spec,
    args: spec.args.map(fill),
    env: Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, fill(value)])),
  };
}
