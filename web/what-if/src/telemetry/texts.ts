// The words of telemetry, in the page's language.
import type { telemetry } from "../texts/en/telemetry.ts";
import { language, type Language } from "../texts.ts";

export type Words = typeof telemetry;

const catalogues: Record<Language, () => Promise<{ telemetry: Words }>> = {
  en: () => import("../texts/en/telemetry.ts"),
  de: () => import("../texts/de/telemetry.ts"),
};

export const loadWords = async (): Promise<Words> => (await catalogues[language]()).telemetry;
