/** Picks the form of a word that goes with a number, as a language does. */
export function pluralIn(language: string): (n: number, forms: { one: string; other: string }) => string {
  const rules = new Intl.PluralRules(language);
  return (n, forms) => (rules.select(n) === "one" ? forms.one : forms.other);
}
