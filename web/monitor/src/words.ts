// The monitor's own words, in the language that the shared parts speak (web/what-if/src/texts.ts).
import type { Language } from "../../what-if/src/texts.ts";
import { de } from "./texts/de.ts";
import { en } from "./texts/en.ts";

export type Words = typeof en;

const catalogues: Record<Language, Words> = { en, de };

/** They change with `use`: nothing may hold them. */
export let w: Words = en;

export function use(language: Language): void {
  w = catalogues[language];
}
