// Every word the page says, in English. Another language is another module of the same shape (see texts.ts).
// The terms are fixed: model, field, value, chance, stand-in, not given. No blame, no exclamation marks.
import { answer, outputs, series } from "./texts/en/answer.ts";
import { card, treatment } from "./texts/en/card.ts";
import { form, remark } from "./texts/en/form.ts";
import { gallery } from "./texts/en/gallery.ts";
import { kiosk } from "./texts/en/kiosk.ts";
import { many } from "./texts/en/many.ts";
import { open, refused } from "./texts/en/opening.ts";
import { history, language, offline, row, views, words } from "./texts/en/page.ts";
import { compare, scenarios } from "./texts/en/scenarios.ts";
import { report, share } from "./texts/en/share.ts";
import { two } from "./texts/en/two.ts";
import { why } from "./texts/en/why.ts";

export type { Message } from "./texts/message.ts";

export const en = {
  ...words,
  language,
  offline,
  kiosk,
  views,
  many,
  open,
  gallery,
  refused,
  form,
  remark,
  answer,
  history,
  scenarios,
  compare,
  two,
  share,
  report,
  row,
  series,
  outputs,
  why,
  card,
  treatment,
};
