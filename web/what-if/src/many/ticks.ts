// Round numbers along an axis.

/** A step of 1, 2, 2.5 or 5 times a power of ten, so that `width` holds about `wanted` of them. */
export function roundStep(width: number, wanted: number): number {
  const rough = width / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= rough * 0.999)!;
  return factor * power;
}

/** About `wanted` round edges from below `low` to above `high`. */
export function niceEdges(low: number, high: number, wanted: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
  if (low === high) return [low];
  const step = roundStep(high - low, wanted);
  const first = Math.floor(low / step),
    last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step, step));
}

/** Round numbers within a range, both ends included where they are round. */
export function ticksOf(low: number, high: number, wanted = 4): number[] {
  if (!(low < high)) return [low];
  const step = roundStep(high - low, wanted);
  const first = Math.ceil(low / step - 1e-9),
    last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step, step));
}

/** Without what doubles add to 0.1 + 0.2. */
function clean(x: number, step: number): number {
  const decimals = Math.max(0, Math.min(15, 2 - Math.floor(Math.log10(step))));
  return Number(x.toFixed(decimals));
}
