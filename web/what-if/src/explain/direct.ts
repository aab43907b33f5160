// Sums and trees are explained directly, in less than a millisecond: no mixtures of records are scored for them.
import type { Explanation } from "scorelet";

export function isDirect({ records: [first] }: Explanation): boolean {
  return !!first && "method" in first && (first.method === "trees" || first.method === "additive");
}
