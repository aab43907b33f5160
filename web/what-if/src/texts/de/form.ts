// The form, and remarks on what it holds, in German.
import type { form as Form, remark as Remark } from "../en/form.ts";
import { fields, plural, quoted } from "./words.ts";

const takes = (domain: string) => domain && ` (möglich: ${domain})`;
const asMissing = (used?: string) =>
  used === undefined
    ? "Das Modell behandelt ihn als nicht angegeben."
    : `Das Modell behandelt ihn als nicht angegeben und nimmt ${used}, seinen Ersatzwert für fehlende Werte.`;

export const form: typeof Form = {
  title: "Der Fall",
  count: (n) => `${n} ${fields(n)}`,
  byEffect: "wichtigste zuerst",
  lead: "Beginnt mit einem typischen Fall: übliche Werte oder die Mitte eines Bereichs. Alles lässt sich ändern.",
  leadExample: "Beginnt mit dem ersten Prüffall, den das Modell mitbringt. Alles lässt sich ändern.",
  leadEmpty: "Dieses Modell nennt keine Bereiche, daher beginnen die meisten Felder leer. Angeben, was bekannt ist.",
  seen: (n) => `Grau: die ${n} Fälle, aus denen das Modell gelernt hat.`,
  find: "Feld suchen",
  none: (query) => `Kein Feld heißt ${quoted(query)}.`,
  more: (n) => `${n} ${plural(n, { one: "weiteres Feld", other: "weitere Felder" })} zeigen`,
  changed: (n) => `Geändert (${n})`,
  noneChanged: "Noch nichts wurde geändert.",
  unused: (n) => `${n} ${fields(n)} ohne Wirkung`,
  unusedNote: "Das Modell führt sie auf, sieht sie aber nie an.",
  listHelp: "Mehrere Werte, durch Kommas getrennt: a, b, c.",
  setsHelp: "In zeitlicher Reihenfolge: Kommas zwischen Werten einer Zeit, Strichpunkte zwischen Zeiten: a, b; c.",
  known: (values) => `Bekannt: ${values}.`,
  horizon: "Wie viele Schritte vorausgesagt werden.",
  actual: "Der wirkliche Wert, falls bekannt: Einige Ergebnisse vergleichen damit.",
  stateful: "Dieses Modell sieht auch die Fälle davor an; hier wird jeder Fall gefragt, als wäre er der erste.",
  noField: (names, known) => ({
    head: `Dieses Modell hat kein Feld ${names}`,
    text: `„fields“ kann diese nennen: ${known}.`,
  }),
  noFields: "Dieses Modell fragt nach nichts: Es antwortet immer gleich.",
  reset: "Zurück zum Anfang",
  clear: "Alles leeren",
  was: (value) => `war ${value}`,
  slider: (field) => `${field}, Schieberegler`,
  other: "anderer Wert",
  otherLabel: (field) => `${field}, anderer Wert`,
  withShare: (value, share) => `${value} (${share})`,
  ordered: (first, last) => `In Reihenfolge, von ${first} bis ${last}`,
  exactName: (name) => `Feld ${name}`,
  from: (a) => `${a} oder mehr`,
  upTo: (b) => `bis ${b}`,
  between: (a, b) => `${a} bis ${b}`,
};

export const remark: typeof Remark = {
  above: (field, value, domain) => ({
    head: `${field} ${value} liegt über allem, was das Modell gesehen hat`,
    text: `(${domain}). Die Vorhersage ist eine Vermutung jenseits seiner Erfahrung.`,
  }),
  below: (field, value, domain) => ({
    head: `${field} ${value} liegt unter allem, was das Modell gesehen hat`,
    text: `(${domain}). Die Vorhersage ist eine Vermutung jenseits seiner Erfahrung.`,
  }),
  gap: (field, value, domain) => ({
    head: `${field} ${value} liegt zwischen den Bereichen, die das Modell gesehen hat`,
    text: `(${domain}). Die Vorhersage ist eine Vermutung.`,
  }),
  cut: (field, value, used) => ({
    head: `${field} ${value} geht über das hinaus, was das Modell nimmt.`,
    text: `Es nimmt stattdessen ${used}.`,
  }),
  dropped: (field, value, used) => ({
    head: `${field} ${value} geht über das hinaus, was das Modell nimmt.`,
    text: asMissing(used),
  }),
  unknown: (value) => ({
    head: `Das Modell kennt ${quoted(value)} nicht.`,
    text: "Es nimmt den Wert, wie er ist; das hat meist keine Wirkung.",
  }),
  unknownMissing: (value, used) => ({
    head: `Das Modell kennt ${quoted(value)} nicht.`,
    text: asMissing(used),
  }),
  invalidMissing: (value, field, domain, used) => ({
    head: `${quoted(value)} ist kein gültiger Wert für ${field}${takes(domain)}.`,
    text: asMissing(used),
  }),
  invalidStandIn: (value, field, used) => ({
    head: `${quoted(value)} ist kein gültiger Wert für ${field}.`,
    text: `Das Modell nimmt stattdessen ${used}.`,
  }),
  invalidRefused: (value, field, domain) => ({
    head: `${quoted(value)} ist kein gültiger Wert für ${field}${takes(domain)}.`,
    text: "Das Modell macht damit keine Vorhersage.",
  }),
  standIn: (used) => ({
    head: "",
    text: `Nicht angegeben, deshalb nimmt das Modell ${used}, seinen Ersatzwert für fehlende Werte.`,
  }),
  handled: { head: "", text: "" },
  needed: (field) => ({
    head: `${field} wird gebraucht.`,
    text: "Ohne diesen Wert macht das Modell keine Vorhersage.",
  }),
  oneIn: (n) => ({ head: "", text: `Nur 1 von ${n} Fällen, aus denen das Modell gelernt hat, hatte einen solchen Wert.` }),
  hardlyAny: { head: "", text: "Kaum ein Fall, aus dem das Modell gelernt hat, hatte einen solchen Wert." },
  notNumber: (text, meant) => ({
    head: `${quoted(text)} ist keine Zahl.`,
    text: meant ? `Gemeint war ${meant}?` : "Ziffern eingeben, mit Komma oder Punkt für Dezimalstellen.",
  }),
  notWhole: (value) => ({
    head: `${value} ist keine ganze Zahl.`,
    text: "Dieses Feld zählt in ganzen Zahlen.",
  }),
  tagMissing: "nicht angegeben",
  tagOutside: "außerhalb",
  tagUnknown: "nicht bekannt",
  tagInvalid: "nicht gültig",
  tagReplaced: "Ersatzwert",
};
