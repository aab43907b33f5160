// What a field can hold: which control suits it, its known range, and the value to begin with.
import type { InputField, Interval, ListedValue } from "scorelet";

/** A number box whose text is no number (yet): kept, shown, never scored. */
export class Unread {
  constructor(readonly text: string) {}
}

/** What the form holds for one field. `null` is "not given". */
export type CaseValue = number | string | boolean | null | Unread;

export type Kind = "number" | "choice" | "steps" | "boolean" | "date" | "time" | "dateTime" | "text" | "list";

export interface Range { min: number; max: number; step: number }

const numeric = new Set(["integer", "float", "double"]);
const counted = /Since|timeSeconds/i;  // dates and times as a count of days or seconds

export const isNumeric = (field: InputField): boolean => numeric.has(field.dataType) || counted.test(field.dataType);
export const validValues = (field: InputField): ListedValue[] => field.values.filter((v) => v.property === "valid");

export function kindOf(field: InputField): Kind {
  if (field.isList || field.dataType === "list") return "list";
  if (field.dataType === "boolean") return "boolean";
  const listed = validValues(field).length;
  const isTime = field.dataType === "date" || field.dataType === "time" || field.dataType === "dateTime";
  if (listed && !field.intervals.length) return field.opType === "ordinal" && listed > 5 ? "steps" : "choice";
  if (isTime) return field.dataType as Kind;
  return isNumeric(field) ? "number" : "text";
}

/** The range from the field's intervals, else from the low and high values of its outlier treatment. */
export function rangeOf(field: InputField): Range | null {
  const lefts = field.intervals.map((i) => i.left), rights = field.intervals.map((i) => i.right);
  const least = lefts.length && lefts.every((x) => x !== null) ? Math.min(...(lefts as number[])) : field.lowValue;
  const most = rights.length && rights.every((x) => x !== null) ? Math.max(...(rights as number[])) : field.highValue;
  if (least === undefined || most === undefined || !(least < most) || !Number.isFinite(most - least)) return null;
  const whole = field.dataType === "integer" || (Number.isInteger(least) && Number.isInteger(most) && most - least >= 3);
  const fine = niceStep((most - least) / 200);
  return { min: least, max: most, step: whole ? Math.max(1, fine) : fine };
}

/** The largest of 1, 2, 5 × 10^k that is not above `x`. */
export function niceStep(x: number): number {
  const power = Math.floor(Math.log10(x));
  const head = x / 10 ** power;
  const digit = head >= 5 - 1e-9 ? 5 : head >= 2 - 1e-9 ? 2 : 1;
  return Number(`${digit}e${power}`);
}

/** The multiple of the step nearest to `x`, inside the range. */
export function snap(x: number, { min, max, step }: Range): number {
  const inverse = 1 / step;  // exact for the steps below one that matter; avoids 0.30000000000000004
  const multiple = step < 1 ? Math.round(x * inverse) / Math.round(inverse) : Math.round(x / step) * step;
  return Math.min(max, Math.max(min, Number(multiple.toPrecision(15))));
}

/** A typical value: the stand-in the model itself would use, else the middle of the range, else the first listed value. */
export function startValue(field: InputField): CaseValue {
  const kind = kindOf(field);
  const typical = /asMean|asMode|asMedian/.test(field.missingValueTreatment) ? field.missingValueReplacement : undefined;
  if (kind === "number") {
    const range = rangeOf(field);
    if (typical !== undefined && Number.isFinite(Number(typical))) return Number(typical);
    return range ? snap((range.min + range.max) / 2, range) : null;
  }
  if (kind === "choice" || kind === "steps") {
    const values = validValues(field).map((v) => v.value);
    if (typical !== undefined && values.includes(typical)) return typical;
    return (field.opType === "ordinal" ? values[Math.floor((values.length - 1) / 2)] : values[0]) ?? null;
  }
  if (kind === "boolean") return typical === "true";
  return typical ?? null;
}

const inside = (x: number, { left, right, leftClosed, rightClosed }: Interval): boolean =>
  (left === null || x > left || (leftClosed && x === left)) && (right === null || x < right || (rightClosed && x === right));

export type Standing = "missing" | "unread" | "known" | "below" | "above" | "gap" | "unlisted" | "invalid" | "fraction";

/** Where a value stands against what the document declares for its field. */
export function standingOf(field: InputField, value: CaseValue): Standing {
  if (value === null) return "missing";
  if (value instanceof Unread) return "unread";
  const listed = field.values.find((v) => v.value === String(value) || (isNumeric(field) && Number(v.value) === value));
  if (listed) return listed.property === "valid" ? "known" : listed.property;
  if (typeof value === "number") {
    if (field.dataType === "integer" && !Number.isInteger(value)) return "fraction";
    if (field.intervals.length && !field.intervals.some((i) => inside(value, i))) return side(value, field.intervals);
    if (field.lowValue !== undefined && value < field.lowValue) return "below";
    if (field.highValue !== undefined && value > field.highValue) return "above";
    if (field.intervals.length) return "known";
  }
  return validValues(field).length && !field.intervals.length ? "unlisted" : "known";
}

function side(x: number, intervals: Interval[]): Standing {
  if (intervals.every((i) => i.left !== null && x <= i.left)) return "below";
  if (intervals.every((i) => i.right !== null && x >= i.right)) return "above";
  return "gap";
}

/** True if the model's own rule for invalid values applies to `standing`. */
export function isInvalid(field: InputField, value: CaseValue, standing: Standing): boolean {
  if (standing === "unlisted" || standing === "invalid" || standing === "gap" || standing === "fraction") return true;
  if (standing !== "below" && standing !== "above") return false;
  return field.intervals.length > 0 && !field.intervals.some((i) => inside(value as number, i));
}
