// Every word the page says, in German: of the same shape as the English catalogue, or it does not compile.
// Feste Begriffe: Modell, Feld, Wert, Wahrscheinlichkeit, Ersatzwert, nicht angegeben. Kein Vorwurf, kein Ausrufezeichen.
import { answer, outputs, series } from "./texts/de/answer.ts";
import { card, treatment } from "./texts/de/card.ts";
import { form, remark } from "./texts/de/form.ts";
import { gallery } from "./texts/de/gallery.ts";
import { kiosk } from "./texts/de/kiosk.ts";
import { many } from "./texts/de/many.ts";
import { open, refused } from "./texts/de/opening.ts";
import { history, language, offline, row, views, words } from "./texts/de/page.ts";
import { compare, scenarios } from "./texts/de/scenarios.ts";
import { report, share } from "./texts/de/share.ts";
import { two } from "./texts/de/two.ts";
import { why } from "./texts/de/why.ts";
import type { Texts } from "./texts.ts";

export const de: Texts = {
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
