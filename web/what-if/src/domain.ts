// What a field can hold: which control suits it, its known range, and the value to begin with.
import type { InputField, Interval, ListedValue } from "scorelet";
import { parseNumber } from "./parse.ts";
import { niceStep, Track, type Range } from "./track.ts";
import { middleNumber, mostFrequent, seenRange } from "./training.ts";
import { Listed, Unread, type Item } from "./typed.ts";

/** What the form holds for one field. `null` is "not given". */
export type CaseValue = number | string | boolean | null | Unread | Listed;

/** True if no prediction can be asked for with it. */
export const isUnread = (value: CaseValue): boolean =>
  value instanceof Unread || (value instanceof Listed && value.items.some((item) => item instanceof Unread));

export type Kind = "number" | "choice" | "steps" | "boolean" | "date" | "time" | "dateTime" | "text" | "list";

const numeric = new Set(["integer", "float", "double"]);
const counted = /Since|timeSeconds/i; // dates and times as a count of days or seconds

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

/**
 * The range from the field's intervals, narrowed to the low and high values of its outlier treatment and to what the
 * training data had, if the document tells.
 */
export function rangeOf(field: InputField): Range | null {
  const lefts = field.intervals.map((i) => i.left ?? -Infinity),
    rights = field.intervals.map((i) => i.right ?? Infinity);
  const seen = seenRange(field);
  const min = Math.max(
    lefts.length ? Math.min(...lefts) : -Infinity,
    field.lowValue ?? -Infinity,
    seen.min ?? -Infinity,
  );
  const max = Math.min(
    rights.length ? Math.max(...rights) : Infinity,
    field.highValue ?? Infinity,
    seen.max ?? Infinity,
  );
  if (!(min < max) || !Number.isFinite(max - min)) return null;
  const whole = field.dataType === "integer" || (Number.isInteger(min) && Number.isInteger(max) && max - min >= 3);
  const typical = typicalNumber(field);
  return {
    min,
    max,
    fine: whole ? 1 : niceStep((max - min) / 1e4),
    ...(typical !== null && typical > min && typical < max ? { typical } : {}),
  };
}

/**
 * A typical value: the middle or the most frequent one of the training data, else the model's own stand-in, else the
 * middle of the range or the first listed value.
 */
export function startValue(field: InputField): CaseValue {
  const kind = kindOf(field),
    standIn = field.missingValueReplacement;
  if (kind === "number") {
    const range = rangeOf(field),
      typical = typicalNumber(field);
    if (!range) return typical;
    const track = new Track(range);
    return typical === null ? track.middle : track.snap(typical);
  }
  if (kind === "choice" || kind === "steps") {
    const values = validValues(field).map((v) => v.value);
    const usual = mostFrequent(field, values);
    if (usual !== undefined) return usual;
    if (standIn !== undefined && values.includes(standIn)) return standIn;
    return (field.opType === "ordinal" ? values[Math.floor((values.length - 1) / 2)] : values[0]) ?? null;
  }
  if (kind === "boolean") return (mostFrequent(field, ["true", "false"]) ?? standIn) === "true";
  return /asMode/.test(field.missingValueTreatment) && standIn !== undefined ? standIn : null;
}

/** A value written as text, in the field's own kind; null if it is none. */
export function readValue(field: InputField, text: string): CaseValue {
  if (text === "") return null;
  if (kindOf(field) === "list") return readList(field, text);
  if (kindOf(field) === "boolean") return text === "true" || text === "1";
  if (kindOf(field) !== "number")
    return (
      validValues(field).find((v) => v.value === text || (isNumeric(field) && Number(v.value) === Number(text)))
        ?.value ?? text
    );
  return Number.isFinite(Number(text)) ? Number(text) : null;
}

/** A value that a link or the form of another model holds, as the control of this field takes it. */
export function fit(field: InputField, value: CaseValue): CaseValue {
  if (value === null) return null;
  const kind = kindOf(field);
  const text = value instanceof Unread || value instanceof Listed ? value.text : String(value);
  if (kind === "list") return value instanceof Listed ? value : readList(field, text);
  if (kind === "boolean") return /^(true|1)$/.test(text) ? true : /^(false|0)$/.test(text) ? false : null;
  if (kind !== "number") return text;
  if (typeof value === "number" || value instanceof Unread) return value;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : new Unread(text);
}

/** Commas part the items of a list, and semicolons the sets of a sequence; null if there is nothing in it. */
export function readList(field: InputField, text: string): Listed | null {
  if (text.trim() === "") return null;
  const item = (word: string): Item => (isNumeric(field) ? (parseNumber(word) ?? new Unread(word)) : word);
  const parts = field.isListOfSets ? text.split(";") : [text];
  const words = (part: string) => part.split(",").flatMap((word) => word.trim() || []);
  return new Listed(
    text,
    parts.map((part) => words(part).map(item)),
    field.isListOfSets,
  );
}

/**
 * The middle of the training data is typical, and a stand-in that is a mean, mode or median; a fixed one only inside the
 * domain: it may be a marker like -999.
 */
function typicalNumber(field: InputField): number | null {
  const middle = middleNumber(field);
  if (middle !== undefined) return middle;
  const x = Number(field.missingValueReplacement ?? NaN);
  if (!Number.isFinite(x)) return null;
  const average = /asMean|asMode|asMedian/.test(field.missingValueTreatment);
  return average || (field.intervals.length > 0 && standingOf(field, x) === "known") ? x : null;
}

const inside = (x: number, { left, right, leftClosed, rightClosed }: Interval): boolean =>
  (left === null || x > left || (leftClosed && x === left)) &&
  (right === null || x < right || (rightClosed && x === right));

export type Standing = "missing" | "unread" | "known" | "below" | "above" | "gap" | "unlisted" | "invalid" | "fraction";

/** Where a value stands against what the document declares for its field and tells of the training data. */
export function standingOf(field: InputField, value: Exclude<CaseValue, Listed>): Standing {
  if (value === null) return "missing";
  if (value instanceof Unread) return "unread";
  const listed = field.values.find((v) => v.value === String(value) || (isNumeric(field) && Number(v.value) === value));
  if (listed) return listed.property === "valid" ? "known" : listed.property;
  if (typeof value === "number") {
    if (field.dataType === "integer" && !Number.isInteger(value)) return "fraction";
    if (field.intervals.length && !field.intervals.some((i) => inside(value, i))) return side(value, field.intervals);
    if (field.lowValue !== undefined && value < field.lowValue) return "below";
    if (field.highValue !== undefined && value > field.highValue) return "above";
    const seen = seenRange(field);
    if (seen.min !== undefined && value < seen.min) return "below";
    if (seen.max !== undefined && value > seen.max) return "above";
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
export function isInvalid(field: InputField, value: Exclude<CaseValue, Listed>, standing: Standing): boolean {
  if (standing === "unlisted" || standing === "invalid" || standing === "gap" || standing === "fraction") return true;
  if (standing !== "below" && standing !== "above") return false;
  return field.intervals.length > 0 && !field.intervals.some((i) => inside(value as number, i));
}
