const rules = new Intl.PluralRules("en");

/** The form of a word that goes with `n`. */
export function plural(n: number, forms: { one: string; other: string }): string {
  return rules.select(n) === "one" ? forms.one : forms.other;
}
