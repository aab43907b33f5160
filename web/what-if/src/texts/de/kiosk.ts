// The kiosk, in German.
import type { kiosk as Kiosk } from "../en/kiosk.ts";
import { plural } from "./words.ts";

export const kiosk: typeof Kiosk = {
  question: (n, of) => `Frage ${n} von ${of}`,
  answer: "Die Antwort",
  answerTo: (target) => `Wahrscheinliche Antwort: ${target}`,
  inHundred: (n, target, value) => ({
    head: n < 1 ? "Weniger als 1 von 100" : n > 99 ? "Mehr als 99 von 100" : `Etwa ${n} von 100`,
    text: `in ähnlicher Lage: ${target} ist ${value}.`,
  }),
  dots: (n) => `${n} von 100 Punkten gefüllt`,
  note: (seconds) =>
    `Eine Rechnung, kein Angebot. Nichts, was Sie eingeben, wird gespeichert. Nach ${seconds} Sekunden ohne Berührung wird der Bildschirm geleert.`,
  again: "Von vorn",
  back: "Zurück",
  next: "Weiter",
  full: "Ganzer Bildschirm",
  less: (field) => `${field}, weniger`,
  more: (field) => `${field}, mehr`,
  still: "Noch da?",
  clears: (n) => `Der Bildschirm wird in ${n} ${plural(n, { one: "Sekunde", other: "Sekunden" })} geleert.`,
  keep: "Weitermachen",
  closed: "Dieser Bildschirm ist gerade geschlossen. Wer hier arbeitet, weiß Rat.",
  noModel: {
    head: "Die Adresse nennt kein Modell",
    text: "Sie sieht so aus: ?kiosk&model=gallery/credit.pmml&fields=age,income&idle=60.",
  },
};
