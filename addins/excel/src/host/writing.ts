// How the workbook writes numbers and counts days.
import type { Writing } from "../cells/read.ts";
import { isSupported } from "./requirements.ts";

/** What the language of the system says, until the workbook is asked. */
export function usualWriting(): Writing {
  const parts = new Intl.NumberFormat(typeof navigator === "undefined" ? "en-US" : navigator.language).formatToParts(1234567.8);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimal: sign("decimal") ?? ".", group: sign("group") ?? ",", is1904: false };
}

export async function writingOfWorkbook(): Promise<Writing> {
  return Excel.run(async (context) => {
    const { workbook } = context;
    const signs = isSupported("ExcelApi", "1.11") ? context.application.cultureInfo.numberFormat : null;
    signs?.load("numberDecimalSeparator, numberGroupSeparator");
    // The day that is 0 in one system and 1462 in the other.
    const day = workbook.functions.date(1904, 1, 1);
    day.load("value");
    await context.sync();
    const usual = usualWriting();
    return { decimal: signs?.numberDecimalSeparator ?? usual.decimal, group: signs?.numberGroupSeparator ?? usual.group, is1904: day.value === 0 };
  });
}
