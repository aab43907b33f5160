// The language of the page. A second language joins here: pick by navigator.languages among modules of type Texts.
import { en } from "./texts.en.ts";

export type { Message } from "./texts.en.ts";
export type Texts = typeof en;

export const language = "en";
export const t: Texts = en;
