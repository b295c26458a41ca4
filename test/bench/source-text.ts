/** Lines that look like a program's, with their endings: many are unique, many repeat. The same for the same seed. */
export function writeSource(seed: number, lines: number): string[] {
  const found: string[] = [];
  for (let block = 0; found.length < lines; block += 1) {
    const name = `value${seed}x${block}`;
    found.push(
      `/** Computes ${name} of the given input. */\n`,
      `export function ${name}(input: readonly number[]): number {\n`,
      '  let value = 0;\n',
      `  for (const item of input) value += item * ${(seed * 31 + block * 17) % 97};\n`,
      '  if (value < 0) {\n',
      `    throw new RangeError('value of ${name} is negative');\n`,
      '  }\n',
      '  return value;\n',
      '}\n',
      '\n',
    );
  }
  return found.slice(0, lines);
}

const COMMON = ['\n', '}\n', '  }\n', '  {\n', '  return value;\n', '  break;\n', '  end\n', '  "": "",\n'];

/** Lines of which none says where it stands. */
export function repeatLines(seed: number, lines: number): string[] {
  const random = countFrom(seed);
  return Array.from({ length: lines }, () => COMMON[random(COMMON.length)] ?? '\n');
}

/** Lines replaced, added and removed all over. */
export function editLines(seed: number, lines: readonly string[], edits: number): string[] {
  const random = countFrom(seed);
  const edited = [...lines];
  for (let edit = 0; edit < edits; edit += 1) {
    const at = random(edited.length);
    const removed = random(3);
    const added = Array.from({ length: removed === 0 ? 1 + random(2) : random(3) }, (_, index) =>
      random(3) === 0 ? (COMMON[random(COMMON.length)] ?? '\n') : `  edited(${seed}, ${edit}, ${index});\n`,
    );
    edited.splice(at, removed, ...added);
  }
  return edited;
}

/** Blocks of the text stand in other places. */
export function moveBlocks(seed: number, lines: readonly string[]): string[] {
  const random = countFrom(seed);
  const moved = [...lines];
  for (let block = 0; block < 20; block += 1) {
    const length = 10 + random(200);
    const cut = moved.splice(random(moved.length - length), length);
    moved.splice(random(moved.length), 0, ...cut);
  }
  return moved;
}

/** Numbers below a bound, the same for the same seed (a linear congruential generator). */
function countFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) % 4_294_967_296;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
