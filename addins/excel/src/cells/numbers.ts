// A number that a cell holds as text, read as Excel's own VALUE reads it in the workbook's language, but for one thing: a
// group sign must part groups of three, so that "1,5" in an English workbook is no number instead of 15.

export interface Signs {
  /** What parts whole from decimal digits, and thousands. */
  decimal: string;
  group: string;
}

const spaces = /[\s\u00a0\u202f]/g;
const currency = /^([-+(]?)[€$£¥]|[€$£¥](\)?)$/g;

export function textNumber(text: string, { decimal, group }: Signs): number | null {
  let s = text.trim().replace(/\u2212/g, "-").replace(currency, "$1$2").trim();
  let scale = 1;
  if (s.endsWith("%")) [s, scale] = [s.slice(0, -1).trimEnd(), 0.01];
  let sign = 1;
  if (/^\(.*\)$/.test(s)) [s, sign] = [s.slice(1, -1), -1];
  const [mantissa = "", exponent, ...more] = s.split(/e/i);
  if (more.length) return null;
  const plain = ungrouped(mantissa, decimal, group);
  if (plain === null || !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  if (exponent !== undefined && !/^[-+]?\d+$/.test(exponent)) return null;
  // 12 % is 0.12: dividing rounds once, where 12 * 0.01 rounds twice.
  const x = Number(exponent === undefined ? plain : `${plain}e${exponent}`) * sign;
  return Number.isFinite(x) ? (scale === 1 ? x : x / 100) : null;
}

function ungrouped(text: string, decimal: string, group: string): string | null {
  const [whole = "", fraction, ...more] = text.split(decimal);
  if (more.length) return null;
  const sign = /^[-+]/.exec(whole)?.[0] ?? "";
  const isSpace = group.replace(spaces, "") === "";
  const digits = isSpace ? whole.slice(sign.length).replace(spaces, " ") : whole.slice(sign.length);
  const parts = digits.split(isSpace ? " " : group);
  if (parts.length > 1 && !(/^\d{1,3}$/.test(parts[0]!) && parts.slice(1).every((p) => /^\d{3}$/.test(p)))) return null;
  return sign + parts.join("") + (fraction === undefined ? "" : `.${fraction}`);
}
