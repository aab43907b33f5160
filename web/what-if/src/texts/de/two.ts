// Champion and challenger, in German.
import type { two as Two } from "../en/two.ts";
import { plural } from "./words.ts";

export const two: typeof Two = {
  title: "Zwei Modelle zum selben Fall",
  lead: "Ein zweites Modell neben diesem öffnen: Beide werden zu denselben Fällen gefragt.",
  sub: "Beide werden nach dem Fall im Formular gefragt. Gemerkte Fälle stehen hier mit dabei.",
  open: "Ein zweites Modell öffnen",
  fromGallery: "Oder eines aus der Galerie",
  address: "Oder die Adresse eines Modells auf diesem Server",
  another: "Ein anderes zweites Modell öffnen",
  close: "Das zweite Modell schließen",
  closed: (name) => `${name} ist geschlossen.`,
  opened: (name) => `${name} ist daneben geöffnet.`,
  madeFrom: "Das Formular gehört zu",
  swapped: (name) => `Das Formular gehört jetzt zu ${name}.`,
  champion: "bisher",
  challenger: "Herausforderer",
  caption: "Beide Modelle, Fall für Fall",
  case: "Fall",
  difference: "Unterschied",
  verdict: "Urteil",
  agrees: "Gleiche Antwort",
  differs: "Andere Antwort",
  unknown: "Nicht vergleichbar",
  between: "Andere Zahl",
  agreeCount: (n, all) => `In ${n} von ${all} Fällen geben sie dieselbe Antwort.`,
  matched: (n, all, name) => `${n} von ${all} Feldern von ${name} sind im Formular.`,
  missing: (name, names) => `${name} fragt auch nach ${names}: gilt als nicht angegeben.`,
  given: (name, names) => `${name} fragt auch nach ${names}: gilt, was im Formular dieses Modells stand.`,
  ignored: (name, names) => `${name} beachtet nicht: ${names}.`,
  outside: (name, names) => `Außerhalb dessen, was ${name} kennt: ${names}.`,
  incomparable: (one, first, other, second) =>
    `${one} sagt ${first}, ${other} sagt ${second}: Das lässt sich nicht vergleichen`,
  silent: (names, n) =>
    `${names} ${plural(n, { one: "gibt", other: "geben" })} für den jetzigen Fall keine Vorhersage`,
  same: (figure) => `Beide geben dieselbe Antwort: ${figure}`,
  disagree: (one, first, other, second) => `Sie sind uneins: ${one} sagt ${first}, ${other} sagt ${second}`,
  numbers: (one, first, other, second, higher, size) =>
    `${other} liegt ${size} ${higher ? "höher" : "niedriger"}: ${second}, wo ${one} ${first} sagt`,
  agree: (answer, other, label, higher, size) =>
    `Beide antworten ${answer}; ${other} sieht die Wahrscheinlichkeit für ${label} ${size} ${higher ? "höher" : "niedriger"}`,
  disagreeBy: (one, first, other, second, label, size) =>
    `Sie sind uneins: ${one} sagt ${first}, ${other} sagt ${second}; die Wahrscheinlichkeiten für ${label} liegen ${size} auseinander`,
  why: {
    asking: "Suche, warum sie sich unterscheiden …",
    average: "Durchschnittlicher Fall",
    most: (field, other, higher, size, points) =>
      `${field} macht den größten Unterschied: ${other} liegt dadurch ${size}${points ? " Punkte" : ""} ${higher ? "höher" : "niedriger"}`,
    starts: (_, other, higher, size, points) =>
      `Sie unterscheiden sich vor allem von Anfang an: ${other} sieht den durchschnittlichen Fall ${size}${points ? " Punkte" : ""} ${higher ? "höher" : "niedriger"}`,
    same: "Beide gewichten diesen Fall gleich",
    balanced: (field) => `Dieselbe Antwort auf anderem Weg: am weitesten auseinander bei ${field}, was andere ausgleichen`,
    lead: (one, first, other, second) =>
      `Von dem, was ${one} sagt (${first}), zu dem, was ${other} sagt (${second}): Jeder Schritt ist, wie verschieden beide ein Feld gewichten.`,
    caption: (name) => `Wie verschieden beide Modelle jedes Feld gewichten: ${name}`,
  },
};
