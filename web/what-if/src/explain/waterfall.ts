// How contributions lead from the average to the result: one step a field, the small ones together.

export interface Step {
  kind: "average" | "field" | "rest" | "result";
  field: string; // of a field
  count: number; // fields in the rest
  size: number; // the contribution; the whole of average and result
  from: number;
  to: number;
}

/** `order` is that of the rows; of more than `most` fields the last ones are summed, and so are those without effect. */
export function stepsOf(
  base: number,
  contributions: Readonly<Record<string, number>>,
  order: readonly string[],
  isNothing: (size: number) => boolean,
  most = 8,
): Step[] {
  const told = order.filter((name) => !isNothing(contributions[name]!));
  const shown = told.length > most || (told.length === most && told.length < order.length) ? told.slice(0, most - 1) : told;
  const rest = order.filter((name) => !shown.includes(name));
  const steps: Step[] = [{ kind: "average", field: "", count: 0, size: base, from: 0, to: base }];
  let at = base;
  const step = (kind: "field" | "rest", field: string, count: number, size: number) =>
    steps.push({ kind, field, count, size, from: at, to: (at += size) });
  for (const name of shown) step("field", name, 1, contributions[name]!);
  if (rest.length) step("rest", rest.length === 1 ? rest[0]! : "", rest.length, rest.reduce((sum, name) => sum + contributions[name]!, 0));
  steps.push({ kind: "result", field: "", count: 0, size: at, from: 0, to: at });
  return steps;
}

/** The fields that push most: the largest up and the largest down, if they matter beside the largest of all. */
export function pushes(contributions: Readonly<Record<string, number>>, isNothing: (size: number) => boolean): { up: string | null; down: string | null } {
  const all = Object.entries(contributions).filter(([, size]) => !isNothing(size));
  const largest = Math.max(0, ...all.map(([, size]) => Math.abs(size)));
  const most = (sign: 1 | -1) => {
    const [name, size] = all.reduce(([n, best], [name, x]) => (x * sign > best ? [name, x * sign] : [n, best]), ["", 0]);
    return size > largest / 10 ? name : null;
  };
  return { up: most(1), down: most(-1) };
}
