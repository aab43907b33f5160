// Numbers, percentages and dates as the design language writes them (all through Intl).
import { language, t } from "./texts.ts";

/** The reader's own regional form when it belongs to the page's language, else the page's language. */
export function locale(): string {
  const own = typeof navigator === "undefined" ? undefined : navigator.language;
  return own && own.split("-")[0] === language ? own : language;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.NumberFormat(locale(), options)));
  return found;
}

/** What parts whole from decimal digits. */
export const decimalSign = (): string =>
  formatter({})
    .formatToParts(0.5)
    .find((part) => part.type === "decimal")!.value;

const withMinus = (text: string) => text.replaceAll("-", "\u2212");

/** A value as it was given: grouping, and no digit lost that a person could have typed. */
export function number(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "\u2212∞";
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e15 || size < 1e-6))
    return withMinus(formatter({ notation: "scientific", maximumSignificantDigits: 6 }).format(x));
  return withMinus(formatter({ maximumSignificantDigits: 15, maximumFractionDigits: 15 }).format(x));
}

/** A model's number in prose: at most `digits` significant digits, whole numbers whole. */
export function brief(x: number, digits = 4): string {
  if (Number.isNaN(x)) return t.outputs.nothing;
  if (Math.abs(x) >= 10 ** digits && Math.abs(x) < 1e15)
    return withMinus(formatter({ maximumFractionDigits: 0 }).format(x));
  if (x !== 0 && (Math.abs(x) < 1e-4 || Math.abs(x) >= 1e15)) return number(Number(x.toPrecision(digits)));
  return withMinus(formatter({ maximumSignificantDigits: digits }).format(x));
}

/** How many: grouped, compact from a million. */
export const count = (n: number): string => (n < 1e6 ? number(n) : compact(n));

/** A number at a tick: 1.2 m, 20k. */
export const compact = (x: number): string =>
  withMinus(formatter({ notation: "compact", maximumSignificantDigits: 3 }).format(x));

/** With so many decimals, no more and no fewer; never a minus zero. */
export const fixed = (x: number, decimals: number): string =>
  withMinus(formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(x)).replace(
    /^\u2212([0.,]*)$/,
    "$1",
  );

/** Decimals that a step needs: 0 for 5, 2 for 0.05. */
export function decimalsOf(step: number): number {
  return Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
}

/** The figure of a chance without its sign. Never 0 or 100: whole percent, one decimal at the ends. */
export function chanceFigure(p: number, decimals = 0): string {
  const percent = p * 100;
  const atEnd = percent < 1 || percent > 99;
  const digits = Math.max(decimals, atEnd ? 1 : 0);
  const fixed = (x: number) => formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(x);
  if (percent < 0.05) return t.answer.under(fixed(0.1));
  if (percent > 99.95) return t.answer.over(fixed(99.9));
  return fixed(percent);
}

export const chance = (p: number, decimals = 0): string => t.percent(chanceFigure(p, decimals));
/** Two chances, with as many decimals as it takes to tell them apart. */
export const chancesApart = (a: number, b: number): [string, string] =>
  apart([0, 1, 2, 3, 4], (digits) => [chance(a, digits), chance(b, digits)]);

/** The same for two numbers, by significant digits. */
export const numbersApart = (a: number, b: number): [string, string] =>
  apart([4, 6, 9, 12, 15], (digits) => [brief(a, digits), brief(b, digits)]);

function apart(ways: number[], pair: (digits: number) => [string, string]): [string, string] {
  return ways.map(pair).find(([a, b]) => a !== b) ?? pair(ways[0]!);
}

/** For tables: one decimal. */
export const chanceCell = (p: number): string => chance(p, 1);

/** The size of a difference between two chances in percentage points, one decimal under ten. */
export function pointsFigure(difference: number): string {
  const points = Math.abs(difference) * 100;
  return formatter({ maximumFractionDigits: points < 9.95 ? 1 : 0 }).format(points);
}

/** The size of a file. */
export const size = (bytes: number): string =>
  bytes < 1e6 ? t.kilobytes(number(Math.ceil(bytes / 1000))) : t.megabytes(brief(bytes / 1e6, 3));

/** The beginning of a SHA-256 and its end, for the eye. */
export const fingerprint = (hex: string): string => `${hex.match(/.{4}/g)!.slice(0, 3).join(" ")} … ${hex.slice(-4)}`;

/** A moment with its zone. */
export const moment = (at: Date): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "long" }).format(at);

/** "2026-11-24" or "2026-11-24T10:00:00" in words; text that is no date stays as it is. */
export function date(iso: string): string {
  const onlyDate = /^\d{4}-\d\d-\d\d$/.test(iso);
  const time = Date.parse(iso);
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\d/.test(iso)) return iso;
  return new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    ...(onlyDate ? { timeZone: "UTC" } : { hour: "2-digit", minute: "2-digit" }),
  }).format(time);
}

export function list(items: string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);
}

/** "a, b or c". */
export function either(items: string[]): string {
  return new Intl.ListFormat(locale(), { type: "disjunction" }).format(items);
}

/** "loan_amount" reads "Loan amount"; names that someone composed on purpose stay as they are. */
export function label(field: { name: string; displayName?: string }): string {
  if (field.displayName) return field.displayName;
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(field.name) || field.name.length < 4) return field.name;
  const words = field.name.replaceAll("_", " ");
  return words[0]!.toUpperCase() + words.slice(1);
}
