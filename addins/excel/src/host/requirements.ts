/** What the add-in cannot do without; asked when it starts, since no manifest reaches every version of Excel. */
const needed: readonly [string, string][] = [
  ["ExcelApi", "1.9"],
  ["CustomFunctionsRuntime", "1.1"],
  ["SharedRuntime", "1.1"],
];

export const isSupported = (set: string, version: string): boolean => Office.context.requirements.isSetSupported(set, version);

/** The sets that this Excel has not. */
export const lacking = (): string[] => needed.filter(([set, version]) => !isSupported(set, version)).map((set) => set.join(" "));
