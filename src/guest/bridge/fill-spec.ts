import type { ProgramSpec } from '../../protocol/bridge.js';

/** Puts the token, the port and the HOME where the host left room for them. */
export function fillSpec(spec: ProgramSpec, token: string, port: number, home: string): ProgramSpec {
  const fill = (text: string) =>
    text.replaceAll('{token}', token).replaceAll('{port}', String(port)).replaceAll('{home}', home);
  const fillAll = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, fill(value)]));
  return {
    ...spec,
    args: spec.args.map(fill),
    env: fillAll(spec.env),
    files: fillAll(spec.files),
  };
}
