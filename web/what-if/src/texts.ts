// The language of the page: `?lang=`, else what was chosen before, else the browser's, else English.
import { asked, keepAsked } from "./address.ts";
import { en } from "./texts.en.ts";

export type { Message } from "./texts.en.ts";
export type Texts = typeof en;

/** Every language, by its own name. */
export const languages = { en: "English", de: "Deutsch" };
export type Language = keyof typeof languages;

const catalogues: Record<Language, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import("./texts.de.ts")).de,
};

/** The language in use and its words. They change with `speak`: nothing may hold them for longer than a view lives. */
export let language: Language = "en";
export let t: Texts = en;

export async function speak(next: Language): Promise<void> {
  t = await catalogues[next]();
  language = next;
}

const key = "scorelet.language";

/** Speaks another language from now on, the next time too. */
export async function choose(next: Language): Promise<void> {
  await speak(next);
  if (asked("lang")) keepAsked("lang", next);
  try {
    localStorage.setItem(key, next);
  } catch {
    // A browser may forbid storage: the choice then holds for this visit.
  }
}

/** Back to what the address or the browser asks for. */
export function forget(): Promise<void> {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was nothing to forget.
  }
  return speak(wanted());
}

/** The language of a tag such as "de-AT", English if it is another. */
export function languageOf(...tags: (string | null)[]): Language {
  const known = tags.map((tag) => tag?.toLowerCase().split("-")[0]);
  return (known.find((tag) => tag && Object.hasOwn(languages, tag)) as Language | undefined) ?? "en";
}

function wanted(): Language {
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  return languageOf(asked("lang"), stored(), ...navigator.languages);
}

if (typeof document !== "undefined") await speak(wanted());
