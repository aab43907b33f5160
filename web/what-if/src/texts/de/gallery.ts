// The models to try, in German.
import type { gallery as Gallery } from "../en/gallery.ts";

export const gallery: typeof Gallery = {
  title: "Oder eines von diesen probieren",
  facts: (kind, origin, size) => `${kind}; ${origin}; ${size}`,
  origin: {
    synthetic: "erfundene Daten",
    iris: "150 Blumen, 1936",
    diabetes: "442 Patienten, 2004",
    kyphosis: "81 Kinder, 1992",
    sunspots: "1889 bis 2008",
  },
  from: "Herkunft",
  learned: (library) => `Gelernt mit ${library}.`,
  free: "Frei für jeden Zweck.",
  data: {
    synthetic: "Erfundene Daten aus einem festen Startwert; kein Mensch kommt darin vor.",
    iris: "150 Schwertlilien, gemessen von Edgar Anderson, veröffentlicht von R. A. Fisher 1936; gemeinfrei.",
    diabetes:
      "442 Patienten, aus Efron, Hastie, Johnstone und Tibshirani, Least Angle Regression, 2004; in scikit-learn enthalten (BSD-3-Clause).",
    kyphosis: "81 Kinder, aus Chambers und Hastie, Statistical Models in S, 1992; in R enthalten.",
    sunspots:
      "Sonnenfleckenzahlen der Jahre 1889 bis 2008, vom National Geophysical Data Center der USA; gemeinfrei.",
  },
  models: {
    credit: { title: "Fällt ein Kredit aus?", text: "Verstärkte Bäume mit ihrer Datenaufbereitung." },
    claims: {
      title: "Wie viele Schäden meldet ein Fahrer?",
      text: "Eine Formel mit 12 Regionen, 6 Marken und logarithmischer Verknüpfung.",
    },
    arrears: {
      title: "Fällt ein Kredit aus, mit Lücken im Formular?",
      text: "Verstärkte Bäume, die mit fehlenden Werten umgehen können.",
    },
    formula: { title: "Fällt ein Kredit aus, nach einer Formel?", text: "Eine Regression über neun Felder; ein Herausforderer für das Modell mit Lücken." },
    points: { title: "Wie viele Kreditpunkte?", text: "Eine Punktekarte, die ihre drei wichtigsten Gründe nennt." },
    iris: { title: "Welche Schwertlilie ist es?", text: "Ein Wald von Bäumen, die abstimmen." },
    diabetes: { title: "Wie schreitet Diabetes fort?", text: "Ein neuronales Netz über zehn Messwerte." },
    kyphosis: {
      title: "Krümmt sich die Wirbelsäule wieder?",
      text: "Ein einzelner Baum mit Vertretern für fehlende Werte.",
    },
    bayes: { title: "Ausfall aus nur drei Angaben", text: "Naive Bayes über Wohnen, Zweck und Note." },
    rules: { title: "Annehmen, ablehnen, genauer ansehen?", text: "Regeln der Reihe nach; die erste passende entscheidet." },
    reviews: { title: "Ist eine Bewertung freundlich?", text: "Einen Text eingeben: Seine Wörter werden gezählt und gewogen." },
    leak: { title: "Ist der Keller undicht?", text: "Ein Bayes-Netz: angeben, was bekannt ist, den Rest weglassen." },
    sunspots: { title: "Wie viele Sonnenflecken nächstes Jahr?", text: "Eine Prognose aus 120 Jahren Zählung." },
  },
};
