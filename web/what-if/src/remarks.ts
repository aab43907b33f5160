// One remark per field, in plain words: what is known about its value and what the model does with it.
import type { InputField, Interval } from "scorelet";
import { isInvalid, isNumeric, kindOf, rangeOf, standingOf, validValues, type CaseValue } from "./domain.ts";
import * as format from "./format.ts";
import { guessNumber } from "./parse.ts";
import { t, type Message } from "./texts.ts";
import { Track } from "./track.ts";
import { Distribution, seenRange, shareNear, sharesOf } from "./training.ts";
import { Listed, Unread } from "./typed.ts";

export type Tone = "plain" | "warn" | "act";

export interface Remark {
  tone: Tone;
  tag: string;
  message: Message;
  outside: boolean; // counts as "outside what the model has seen"
  replaced: boolean; // the model looks at a stand-in
  blocks: boolean; // no prediction comes out, so none is asked for
}

const remark = (tone: Tone, tag: string, message: Message, more: Partial<Remark> = {}): Remark => ({
  tone,
  tag,
  message,
  outside: false,
  replaced: false,
  blocks: false,
  ...more,
});

/** The remark on a field's value, or null when there is nothing to say. */
export function remarkOn(field: InputField, value: CaseValue): Remark | null {
  if (value instanceof Listed) return value.items.map((item) => remarkOn(field, item)).find((r) => r !== null) ?? null;
  const standing = standingOf(field, value);
  if (standing === "known") return onRare(field, value);
  if (standing === "missing") return onMissing(field);
  if (value instanceof Unread) {
    const meant = guessNumber(value.text);
    return remark(
      "act",
      t.remark.tagInvalid,
      t.remark.notNumber(value.text, meant === null ? undefined : format.number(meant)),
      { blocks: true },
    );
  }
  return isInvalid(field, value, standing) ? onInvalid(field, value) : onOutlier(field, value as number);
}

/** A value as text, with the display name of a listed value. */
export function show(field: InputField, value: CaseValue): string {
  if (value === null) return t.notGiven;
  if (value instanceof Unread || value instanceof Listed) return value.text;
  if (typeof value === "boolean") return displayOf(field, String(value)) ?? (value ? t.yes : t.no);
  if (typeof value === "number") return displayOf(field, String(value)) ?? format.number(value);
  return (
    displayOf(field, value) ?? (kindOf(field) === "date" || kindOf(field) === "dateTime" ? format.date(value) : value)
  );
}

const displayOf = (field: InputField, value: string) => field.values.find((v) => v.value === value)?.displayValue;

/** "18 to 90", or "" when the document declares no range. */
export function domainText(field: InputField): string {
  if (field.intervals.length) return field.intervals.map(intervalText).filter(Boolean).join(t.listSeparator);
  const range = rangeOf(field);
  if (range) return t.form.between(format.number(range.min), format.number(range.max));
  const values = validValues(field);
  return values.length && values.length <= 6 ? format.either(values.map((v) => v.displayValue ?? v.value)) : "";
}

/** "7 values", or "" when the document lists none. */
export function manyValues(field: InputField): string {
  const n = validValues(field).length;
  return n ? t.card.values(n) : "";
}

function intervalText({ left, right }: Interval): string {
  if (left !== null && right !== null) return t.form.between(format.number(left), format.number(right));
  if (left !== null) return t.form.from(format.number(left));
  return right === null ? "" : t.form.upTo(format.number(right));
}

const rare = 0.01; // a smaller share of the training cases is worth a remark

/** Usual values need no remark. */
function onRare(field: InputField, value: Exclude<CaseValue, Listed>): Remark | null {
  const share = shareOf(field, value);
  if (share === null || share >= rare) return null;
  const oneIn = Number((1 / share).toPrecision(2)),
    total = field.statistics?.total;
  const isHardlyAny = share === 0 || (total !== undefined && oneIn > total);
  return remark("plain", "", isHardlyAny ? t.remark.hardlyAny : t.remark.oneIn(format.number(oneIn)));
}

/** The share of the training cases that had such a value, if that is known. */
function shareOf(field: InputField, value: Exclude<CaseValue, Listed>): number | null {
  if (typeof value === "number") {
    const range = rangeOf(field),
      distribution = Distribution.of(field);
    return range && distribution && shareNear(distribution, new Track(range), value);
  }
  const shares = validValues(field).length || typeof value === "boolean" ? sharesOf(field) : null;
  return shares?.(String(value)) ?? null;
}

function onMissing(field: InputField): Remark {
  if (field.missingValueReplacement !== undefined)
    return remark("plain", t.remark.tagMissing, t.remark.standIn(standIn(field, field.missingValueReplacement)), {
      replaced: true,
    });
  if (field.missingValueTreatment === "returnInvalid")
    return remark("act", t.remark.tagMissing, t.remark.needed(format.label(field)), { blocks: true });
  return remark("plain", t.remark.tagMissing, t.remark.handled);
}

/** A replacement as it is told. */
export function standIn(field: InputField, value: string): string {
  const x = Number(value);
  return isNumeric(field) && Number.isFinite(x) ? (displayOf(field, value) ?? format.brief(x)) : show(field, value);
}

function onInvalid(field: InputField, value: number | string | boolean | null): Remark {
  const shown = show(field, value),
    name = format.label(field);
  switch (field.invalidValueTreatment) {
    case "asMissing":
      return onInvalidAsMissing(field, shown, name);
    case "asValue":
      return remark(
        "warn",
        t.remark.tagReplaced,
        t.remark.invalidStandIn(shown, name, standIn(field, field.invalidValueReplacement ?? "")),
        { outside: true, replaced: true },
      );
    case "asIs":
      return typeof value === "number" && isNumeric(field) && field.intervals.length
        ? remark("warn", t.remark.tagOutside, outsideMessage(field, value), { outside: true })
        : remark("warn", t.remark.tagUnknown, t.remark.unknown(shown), { outside: true });
    default:
      return remark("act", t.remark.tagInvalid, t.remark.invalidRefused(shown, name, domainText(field)), {
        blocks: true,
      });
  }
}

/** Listed values are known or not; numbers are valid or not. */
function onInvalidAsMissing(field: InputField, shown: string, name: string): Remark {
  const used = field.missingValueReplacement === undefined ? undefined : standIn(field, field.missingValueReplacement);
  const message = isNumeric(field)
    ? t.remark.invalidMissing(shown, name, domainText(field), used)
    : t.remark.unknownMissing(shown, used);
  return used === undefined
    ? remark("warn", t.remark.tagUnknown, message, { outside: true })
    : remark("warn", t.remark.tagReplaced, message, { outside: true, replaced: true });
}

function onOutlier(field: InputField, value: number): Remark {
  const name = format.label(field),
    shown = show(field, value);
  const limit = limitPassed(field, value);
  if (limit === undefined) return remark("warn", t.remark.tagOutside, outsideMessage(field, value), { outside: true });
  if (field.outliers === "asExtremeValues")
    return remark("warn", t.remark.tagReplaced, t.remark.cut(name, shown, format.number(limit)), {
      outside: true,
      replaced: true,
    });
  const used = field.missingValueReplacement === undefined ? undefined : standIn(field, field.missingValueReplacement);
  if (field.outliers === "asMissingValues")
    return remark(
      "warn",
      used === undefined ? t.remark.tagOutside : t.remark.tagReplaced,
      t.remark.dropped(name, shown, used),
      { outside: true, replaced: used !== undefined },
    );
  return remark("warn", t.remark.tagOutside, outsideMessage(field, value), { outside: true });
}

/** The bound of the outlier treatment that a value lies beyond. */
function limitPassed({ lowValue, highValue }: InputField, value: number): number | undefined {
  if (lowValue !== undefined && value < lowValue) return lowValue;
  return highValue !== undefined && value > highValue ? highValue : undefined;
}

/** "500 to 75,000": what the training data had, else what the document declares. */
export function seenText(field: InputField): string {
  const { min, max } = seenRange(field);
  return min === undefined || max === undefined
    ? domainText(field)
    : t.form.between(format.number(min), format.number(max));
}

function outsideMessage(field: InputField, value: number): Message {
  const name = format.label(field),
    shown = show(field, value),
    domain = seenText(field);
  const standing = standingOf(field, value);
  if (standing === "fraction") return t.remark.notWhole(shown);
  return standing === "below"
    ? t.remark.below(name, shown, domain)
    : standing === "above"
      ? t.remark.above(name, shown, domain)
      : t.remark.gap(name, shown, domain);
}
