// The difference of two areas under ROC curves over the same cases, and its standard error (DeLong, DeLong and
// Clarke-Pearson 1988): both curves are made from the same cases, so their errors go together.

export interface PairedAuc {
  cases: number;
  first: number;
  second: number;
  error: number;
}

/** `actual` is 1 for an event, else 0; null where one kind is missing. */
export function aucDifference(first: Float64Array, second: Float64Array, actual: Float64Array): PairedAuc | null {
  const events = actual.reduce((sum, x) => sum + x, 0);
  const others = actual.length - events;
  if (events < 2 || others < 2) return null;
  const [a, b] = [first, second].map((scores) => placements(scores, actual, events, others)) as [Float64Array, Float64Array];
  // The mean over events of how often one is ranked above another case is the area; so it is over the others.
  const parts = [1, 0].map((kind) => {
    const n = kind ? events : others;
    let [one, other, squares] = [0, 0, 0];
    for (let i = 0; i < actual.length; i++) {
      if (actual[i] !== kind) continue;
      one += a[i]!;
      other += b[i]!;
      squares += (b[i]! - a[i]!) ** 2;
    }
    const mean = (other - one) / n;
    return { first: one / n, second: other / n, variance: (squares - n * mean * mean) / (n - 1) / n };
  });
  const variance = parts.reduce((sum, part) => sum + Math.max(0, part.variance), 0);
  return { cases: actual.length, first: parts[0]!.first, second: parts[0]!.second, error: Math.sqrt(variance) };
}

/** For each event the share of others ranked below it, for each other the share of events above it; ties count half. */
function placements(scores: Float64Array, actual: Float64Array, events: number, others: number): Float64Array {
  const order = Int32Array.from(scores.keys()).sort((i, j) => scores[i]! - scores[j]!);
  const found = new Float64Array(scores.length);
  let eventsBelow = 0,
    othersBelow = 0;
  for (let from = 0; from < order.length; ) {
    let to = from,
      tiedEvents = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) tiedEvents += actual[order[to++]!]!;
    const tiedOthers = to - from - tiedEvents;
    for (; from < to; from++) {
      const i = order[from]!;
      found[i] = actual[i] ? (othersBelow + tiedOthers / 2) / others : (events - eventsBelow - tiedEvents / 2) / events;
    }
    eventsBelow += tiedEvents;
    othersBelow += tiedOthers;
  }
  return found;
}
