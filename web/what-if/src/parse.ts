// What a person types into a number box: both decimal separators, grouping, spaces, a trailing unit or percent sign.
import { decimalSign } from "./format.ts";

/** The number meant by `text`, or null if it is none; `decimal` is the sign that the page's language uses. */
export function parseNumber(text: string, decimal = decimalSign()): number | null {
  let s = text
    .trim()
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/^([-+]?)[€$£¥]/, "$1")
    .replace(/(\d)\s*[€$£¥%]$/, "$1");
  // One letter right behind the figures is a slip, not a unit.
  s = s.replace(/(\d\.?)(\s+[a-zµ²³/°]+|[a-zµ²³/°]{2,})$/i, "$1");
  s = s.replace(/[\s\u00a0\u202f'’_]/g, "");
  const plain = separators(s, decimal);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/**
 * Decides which of "." and "," is the decimal separator: the last one if there are both; a single one of the page's own
 * kind; a single one of the other kind unless it can only be grouping.
 */
function separators(s: string, decimal: string): string {
  const commas = s.split(",").length - 1,
    points = s.split(".").length - 1;
  if (commas && points) {
    const last = s.lastIndexOf(",") > s.lastIndexOf(".") ? "," : ".";
    return s.replaceAll(last === "," ? "." : ",", "").replace(last, ".");
  }
  if (commas > 1 || points > 1) return s.replaceAll(/[.,]/g, "");
  const groups = commas ? decimal !== "," : decimal === ",";
  if (groups && /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(s)) return s.replace(/[.,]/, "");
  return s.replace(",", ".");
}

/** A likely number behind common slips (letter o for zero, l for one), or null. */
export function guessNumber(text: string): number | null {
  const mended = text.replace(/[oO]/g, "0").replace(/[lI]/g, "1");
  return mended === text ? null : parseNumber(mended);
}
