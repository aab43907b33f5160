// Moments and spans as the design language writes them: in words, in the reader's zone.
import { locale } from "../../what-if/src/format.ts";
import { w } from "./words.ts";

export type Unit = "minute" | "hour" | "day" | "week" | "month";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

const formatted = (options: Intl.DateTimeFormatOptions, at: Date): string =>
  new Intl.DateTimeFormat(locale(), options).format(at);

/** Days begin at midnight UTC: the start of one is named by that day, wherever the reader is. */
const zone = (at: Date) => (at.getTime() % day === 0 ? ({ timeZone: "UTC" } as const) : {});

/** With the year if it is not this one. */
function dayOf(at: Date, now: Date, month: "short" | "long"): string {
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return formatted({ day: "numeric", month, ...year, ...zone(at) }, at);
}

/** "9 Nov". */
export const shortDay = (at: Date, now = new Date()): string => dayOf(at, now, "short");

/** "9 November", in prose. */
export const longDay = (at: Date, now = new Date()): string => dayOf(at, now, "long");

export const clock = (at: Date): string => formatted({ hour: "2-digit", minute: "2-digit" }, at);

/** "Thu 9 Nov, 10:42", for copy and for print. */
export const exact = (at: Date): string => formatted({ dateStyle: "full", timeStyle: "short" }, at);

/** A day, with the time of day where windows are shorter than one. */
export const windowName = (at: Date, step: "hour" | "day"): string =>
  step === "hour" ? `${shortDay(at)}, ${clock(at)}` : shortDay(at);

/** "2 hours ago" up to 14 days, then the day. */
export function ago(at: Date, now = new Date()): string {
  const past = now.getTime() - at.getTime();
  if (past < minute) return w.justNow;
  if (past >= 14 * day) return shortDay(at, now);
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  if (past < hour) return relative.format(-Math.floor(past / minute), "minute");
  if (past < day) return relative.format(-Math.floor(past / hour), "hour");
  return relative.format(-Math.floor(past / day), "day");
}

/** "4 weeks": whole units, the largest of which there are at least two. */
export function span(milliseconds: number): string {
  const sizes: [Unit, number][] = [
    ["month", 30.44 * day],
    ["week", week],
    ["day", day],
    ["hour", hour],
    ["minute", minute],
  ];
  const [unit, size] = sizes.find(([, size]) => milliseconds >= 1.95 * size) ?? ["minute", minute];
  return w.span(Math.max(1, Math.round(milliseconds / size)), unit);
}

export const since = (iso: string, now = new Date()): string => span(now.getTime() - Date.parse(iso));
