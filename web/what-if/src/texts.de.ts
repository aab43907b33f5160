// Every word the page says, in German: of the same shape as the English catalogue, or it does not compile.
// Feste Begriffe: Modell, Feld, Wert, Wahrscheinlichkeit, Ersatzwert, nicht angegeben. Kein Vorwurf, kein Ausrufezeichen.
import { pluralIn } from "./plural.ts";
import type { Texts } from "./texts.ts";

const plural = pluralIn("de");
const nbsp = "\u00a0";
const quoted = (value: string) => `„${value}“`;

const valuesAre = (n: number) => plural(n, { one: "Wert liegt", other: "Werte liegen" });
const without = (n: number) => plural(n, { one: "ihn", other: "sie" });
const fields = (n: number) => plural(n, { one: "Feld", other: "Felder" });
const takes = (domain: string) => domain && ` (möglich: ${domain})`;
const asMissing = (used?: string) =>
  used === undefined
    ? "Das Modell behandelt ihn als nicht angegeben."
    : `Das Modell behandelt ihn als nicht angegeben und nimmt ${used}, seinen Ersatzwert für fehlende Werte.`;

export const de: Texts = {
  product: "Scorelet",
  pageTitle: (model, figure) => `${model}: ${figure} – Scorelet`,
  skip: "Zur Vorhersage springen",
  noScript: "Diese Seite rechnet Modelle im Browser und braucht dafür JavaScript. Nichts wird gesendet.",
  local: "Hier gerechnet, nichts gesendet",
  footer: "In diesem Browser gerechnet. Die Datei und die eingegebenen Werte bleiben auf diesem Computer.",
  version: (v) => `Version ${v}`,
  percent: (figure) => `${figure}${nbsp}%`,
  percentSign: "%",
  listSeparator: "; ",
  kilobytes: (n) => `${n}${nbsp}kB`,
  megabytes: (n) => `${n}${nbsp}MB`,
  yes: "Ja",
  no: "Nein",
  notGiven: "nicht angegeben",
  notGivenFor: (field) => `nicht angegeben, ${field}`,
  give: "Wert angeben",
  giveFor: (field) => `Wert angeben, ${field}`,

  language: {
    label: "Sprache",
    changed: "Die Seite spricht jetzt Deutsch.",
  },

  offline: {
    ready: "Geht ohne Netz, nichts wird gesendet",
    cut: "Keine Verbindung. Alles auf dieser Seite geht trotzdem.",
    renewed: "Eine neue Version ist bereit. Sie startet beim nächsten Öffnen der Seite.",
    start: "Jetzt starten",
  },

  kiosk: {
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
  },

  views: {
    label: "Ansichten dieses Modells",
    one: "Ein Fall",
    about: "Über dieses Modell",
  },

  open: {
    title: "Zuerst ein Modell öffnen",
    lead: "Eine PMML-Datei hierher ziehen, eine auswählen oder ein Beispiel probieren. Die Datei bleibt auf diesem Computer.",
    choose: "Datei auswählen",
    example: "Beispiel probieren",
    address: "Adresse eines Modells auf diesem Server",
    openAddress: "Öffnen",
    again: "Modell öffnen",
    dropNow: "Loslassen, um die Datei zu öffnen",
    working: "Das Modell wird geöffnet …",
    reading: "Die Datei wird gelesen …",
    checking: "Das Modell wird geprüft …",
    partOf: (size, percent) => `${size}, ${percent}${nbsp}%`,
    cancel: "Abbrechen",
    cancelled: "Das Öffnen wurde abgebrochen.",
    opened: (name) => `${name} ist geöffnet.`,
    onlyOne: "Ein Modell zur Zeit: Nur die erste Datei wurde geöffnet.",
  },

  gallery: {
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
  },

  refused: {
    notOpened: (file) => `${file} wurde nicht geöffnet.`,
    empty: { head: "Diese Datei ist leer", text: "Wer sie gemacht hat, kann sie noch einmal schicken." },
    zip: {
      head: "Dies ist eine Zip- oder Excel-Datei, kein Modell",
      text: "Ein PMML-Modell ist eine einzelne XML-Datei. Liegt eine darin, zuerst auspacken.",
    },
    gzip: {
      head: "Diese Datei ist komprimiert",
      text: "Zuerst auspacken; das Modell darin endet meist auf .pmml oder .xml.",
    },
    pdf: { head: "Dies ist ein PDF, kein Modell", text: "Gebraucht wird das Modell selbst, als PMML-Datei." },
    table: {
      head: "Dies ist eine Tabelle mit Werten, kein Modell",
      text: "Zuerst das Modell öffnen. Diese Seite nimmt dann einen Fall nach dem anderen.",
    },
    json: {
      head: "Dies ist eine JSON-Datei, kein PMML-Modell",
      text: "Gebraucht wird das Modell als PMML; die meisten Werkzeuge können es so ausgeben.",
    },
    binary: {
      head: "Dies ist keine Textdatei, also kein PMML-Modell",
      text: "Gebraucht wird das Modell als PMML; die meisten Werkzeuge können es so ausgeben.",
    },
    notXml: (line) => ({
      head: line ? `Diese Datei bricht in Zeile ${line} ab oder ist dort beschädigt` : "Diese Datei ist beschädigt",
      text: "Sie ist kein wohlgeformtes XML. Wer sie gemacht hat, kann sie noch einmal schicken.",
    }),
    notPmml: {
      head: "Dies ist eine XML-Datei, aber kein Modell",
      text: "Ein PMML-Modell beginnt mit einem Element PMML.",
    },
    unsupported: (n) => ({
      head: "Dieses Modell wird nicht geöffnet, weil es nicht genau gerechnet werden könnte",
      text:
        n === 1
          ? "Es verwendet einen Teil, den diese Version nicht rechnet."
          : `Es verwendet ${n} Teile, die diese Version nicht rechnet.`,
    }),
    tooLarge: {
      head: "Dieses Modell ist größer, als diese Seite annimmt",
      text: "Die Befehlszeile rechnet Modelle jeder Größe; ihre Grenzen lassen sich anheben.",
    },
    broken: (n) => ({
      head: `Dieses Modell hat ${n} Fehler und wird deshalb nicht geöffnet`,
      text: "Wer es gemacht hat, braucht die Liste darunter.",
    }),
    unread: "Diese Datei konnte nicht gelesen werden",
    unreachable: "An ihrer Adresse wurde nichts gefunden, oder es gibt keine Verbindung. Eine eigene Datei öffnet sich ohne.",
    noAddress: { head: "Dies ist keine Adresse", text: "Eine Adresse sieht so aus: models/credit.pmml." },
    elsewhere: (host) => ({
      head: "Diese Seite öffnet nur Modelle von ihrem eigenen Server",
      text: `Von ${host} darf sie nichts holen, damit auch nichts hinausgeht. Das Modell als Datei speichern und diese öffnen.`,
    }),
    engine: {
      head: "Der Rechenkern ist nicht gestartet",
      text: "Die Seite neu laden. Hilft das nicht, verbietet dieser Browser hier WebAssembly, oder ihm fehlt Speicher.",
    },
    details: (n) => `${n} ${plural(n, { one: "Befund", other: "Befunde" })} im Einzelnen zeigen`,
    where: (line) => `Zeile ${line}`,
    back: "Zurück zum offenen Modell",
    more: (n) => `und ${n} weitere`,
  },

  form: {
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
    noFields: "Dieses Modell fragt nach nichts: Es antwortet immer gleich.",
    undo: "Rückgängig",
    undoWhat: (what) => `Rückgängig: ${what}`,
    undoField: (field) => `Änderung an ${field}`,
    undoReset: "zurück zum Anfang",
    undoClear: "alles leeren",
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
  },

  remark: {
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
  },

  answer: {
    chance: (target, value) => `Wahrscheinlichkeit, dass ${target} ${value} ist`,
    showChance: "Wahrscheinlichkeit zeigen von",
    likely: "der wahrscheinlichsten Antwort",
    value: (target) => `Vorhersage: ${target}`,
    prediction: "Vorhersage",
    unnamed: {
      ClusteringModel: "Nächste Gruppe",
      TextModel: "Nächstes Dokument",
      AssociationModel: "Passt dazu",
      SequenceModel: "Als Nächstes erwartet",
      AnomalyDetectionModel: "Maß der Auffälligkeit",
    },
    none: "Keine Vorhersage",
    noneTitle: "Keine Vorhersage für diesen Fall",
    before: "vor dieser Änderung",
    over: (figure) => `über ${figure}`,
    under: (figure) => `unter ${figure}`,
    points: (figure) => `${figure} ${figure === "1" ? "Punkt" : "Punkte"}`,
    fromStart: (start) => `gegenüber ${start} am Anfang`,
    sameAsStart: "wie am Anfang",
    scale: (now, start) =>
      `Skala von 0 bis 100 Prozent. ${start === null ? "" : `Am Anfang ${start}. `}Jetzt ${now}.`,
    atStart: "am Anfang",
    decision: (d) => ({ head: d, text: "ist die Entscheidung des Modells." }),
    mostLikely: (target, value, chance) => ({
      head: `${target}: ${value}`,
      text: `ist die wahrscheinlichste Antwort, mit ${chance}.`,
    }),
    close: (a, b) => ({
      head: "Zu knapp für ein Urteil.",
      text: `${a} und ${b} sind fast gleich wahrscheinlich. Eine kleine Änderung könnte die Antwort drehen.`,
    }),
    against: (target, value, likely) => ({
      head: `${target}: ${value}`,
      text: `ist die Antwort des Modells, obwohl ${likely} wahrscheinlicher ist.`,
    }),
    answers: (value) => ({ head: value, text: "ist die Antwort des Modells." }),
    up: (figure) => ({ head: `Um ${figure} höher`, text: "als am Anfang." }),
    down: (figure) => ({ head: `Um ${figure} niedriger`, text: "als am Anfang." }),
    begin: { head: "Ein Feld ändern,", text: "um zu sehen, was die Vorhersage bewegt." },
    same: { head: "Wie am Anfang.", text: "Ein Feld ändern, um zu sehen, was sie bewegt." },
    others: (n) => `${n} andere`,
    outside: (n) => `${n} ${valuesAre(n)} außerhalb dessen, was das Modell gesehen hat:`,
    rough: "Nur als groben Anhalt nehmen.",
    missing: (n) =>
      `${n} ${plural(n, { one: "Wert ist", other: "Werte sind" })} nicht angegeben. Das Modell kommt ohne ${without(n)} aus.`,
    replaced: (n) =>
      `${n} ${plural(n, { one: "Wert wird durch einen Ersatzwert vertreten:", other: "Werte werden durch Ersatzwerte vertreten:" })}`,
    kept: "Gezeigt wird die letzte Vorhersage, von vor dieser Änderung.",
    noneMissing: (n) =>
      `${n} ${plural(n, { one: "Wert ist", other: "Werte sind" })} nicht angegeben, und dieses Modell scheint ${without(n)} zu brauchen.`,
    noRule: "Nichts im Modell trifft darauf zu.",
    announce: (figure, what, change) => [figure, what, change].filter(Boolean).join(". "),
  },

  row: {
    invalidValue: (field) => `${field} hat einen Wert, den das Modell für ungültig erklärt.`,
    missingValue: (field) => `${field} wird gebraucht und ist nicht angegeben.`,
    functionError: (message) => `Eine Rechnung im Modell hat kein Ergebnis: ${message}`,
    unknownField: (field) => `Das Modell hat kein Feld namens ${field}.`,
  },

  series: {
    next: (target) => `${target}, nächster Schritt`,
    title: (target, n) => `${target}, ${plural(n, { one: "ein Schritt", other: `${n} Schritte` })} voraus`,
    table: "Die Prognose, Schritt für Schritt",
    step: "Schritt",
    stepAt: (n) => `Schritt ${n}`,
    more: (n) => `und ${n} ${plural(n, { one: "weiterer Schritt", other: "weitere Schritte" })}`,
    one: (value) => ({ head: value, text: "ist die Prognose für den nächsten Schritt." }),
    span: ({ from, to, steps }, low, high) => ({
      head: `Von ${from} bis ${to}`,
      text: `über ${steps} Schritte; am niedrigsten ${low.value} bei Schritt ${low.step}, am höchsten ${high.value} bei Schritt ${high.step}.`,
    }),
  },

  outputs: {
    title: (n) => (n === 1 ? "Das Modell gibt ein benanntes Ergebnis" : `Das Modell gibt ${n} benannte Ergebnisse`),
    caption: "Alle Ergebnisse des Modells für diesen Fall",
    name: "Ergebnis",
    what: "Was es ist",
    value: "Wert",
    exact: "Genaue Werte zeigen",
    nothing: "kein Wert",
    feature: {
      predictedValue: "die Antwort selbst",
      predictedDisplayValue: "die Antwort in Worten",
      transformedValue: "aus der Antwort berechnet",
      decision: "Entscheidung",
      affinity: "wie nah es ist",
      residual: "Abstand zum wirklichen Wert",
      standardError: "Standardfehler",
      standardDeviation: "Standardabweichung",
      clusterId: "Nummer der Gruppe",
      clusterAffinity: "wie nah es ist",
      entityId: "der Teil des Modells, der antwortet",
      entityAffinity: "wie nah es ist",
      warning: "Warnung",
      ruleValue: "einer Regel entnommen",
      reasonCode: "Grund",
      antecedent: "wenn",
      consequent: "dann",
      rule: "Regel",
      ruleId: "Name der Regel",
      confidence: "Verlässlichkeit",
      support: "Häufigkeit",
      lift: "Hebel",
      leverage: "Hebelwirkung",
      confidenceIntervalLower: "unteres Ende des wahrscheinlichen Bereichs",
      confidenceIntervalUpper: "oberes Ende des wahrscheinlichen Bereichs",
      report: "berichteter Wert",
    },
    more: (n) => `und ${n} weitere`,
    target: "auch vorhergesagt",
    chance: "Wahrscheinlichkeit der Antwort",
    chanceOf: (value) => `Wahrscheinlichkeit von ${value}`,
    near: { AssociationModel: "wie oft beide Seiten zusammen vorkommen" },
    nearTo: (value) => `wie nah ${value} ist`,
    rules: "Zutreffende Regeln",
    part: {
      ClusteringModel: "Gruppe",
      TextModel: "Dokument",
      NearestNeighborModel: "nächster Fall",
      AssociationModel: "Regel",
      SequenceModel: "Regel",
      RuleSetModel: "Regel, die entschieden hat",
      TreeModel: "Ende des Baums",
    },
  },

  card: {
    title: "Was es ist",
    name: "Name",
    checked: (n) =>
      n === 1
        ? "Der Prüffall des Modells gibt hier die aufgezeichnete Antwort"
        : `Alle ${n} Prüffälle des Modells geben hier die aufgezeichneten Antworten`,
    failed: (bad, n) => `${bad} von ${n} Prüffällen geben eine andere Antwort`,
    failedText: "Mit diesem Modell nichts entscheiden, bis das geklärt ist.",
    unchecked: "Dieses Modell bringt keine Prüffälle mit",
    showFailed: "Die Unterschiede zeigen",
    failedHere: (bad, n) => ({
      head: `${bad} von ${n} Prüffällen geben eine andere Antwort.`,
      text: "Mit diesem Modell nichts entscheiden.",
    }),
    showCard: "Zeigen, was abweicht",
    record: "Fall",
    field: "Ergebnis",
    expected: "Aufgezeichnet",
    actual: "Hier",
    predicts: "Was es vorhersagt",
    kind: "Art",
    made: "Gemacht mit",
    when: "Wann",
    said: "In den Worten seines Autors",
    limits: "Bekannte Grenzen",
    noRange: (n, all, names) =>
      (n === all && all > 1
        ? "Für keine seiner Zahlen nennt das Modell einen Bereich"
        : `Für ${n} von ${all} Feldern nennt das Modell keinen Bereich`) +
      `${names && n !== all ? ` (${names})` : ""}; über Werte außerhalb dessen, was es gesehen hat, lässt sich deshalb nichts sagen.`,
    cannotCheck:
      "Es bringt keine Prüffälle mit; dass es hier antwortet wie dort, wo es entstand, lässt sich deshalb nicht zeigen.",
    checkedRow: "Geprüft",
    notCheckable: "Das Dokument enthält keine Prüffälle, also konnte nichts verglichen werden.",
    about: "Beschreibung",
    copyright: "Urheberrecht",
    file: "Datei",
    fingerprint: "Fingerabdruck",
    notes: "Bemerkungen",
    noteCount: (n) => `${n} ${plural(n, { one: "Bemerkung", other: "Bemerkungen" })} beim Öffnen`,
    oneOf: (target, values) => `${target}: ${values}`,
    asks: (used, all) =>
      used === all
        ? `Es fragt nach ${all} ${plural(all, { one: "Feld", other: "Feldern" })}`
        : `Es fragt nach ${all} Feldern, von denen ${used} ${plural(used, { one: "zählt", other: "zählen" })}`,
    fieldKind: {
      number: "Zahl",
      choice: "eines von",
      steps: "eines von, in Reihenfolge",
      boolean: "ja oder nein",
      date: "Datum",
      time: "Uhrzeit",
      dateTime: "Datum und Uhrzeit",
      text: "Text",
      list: "Liste",
    },
    values: (n) => `${n} Werten`,
    withoutEffect: "Das Modell sieht es nie an.",
    parts: "Woraus diese Seite besteht",
    partsNote: "Teile und ihre Lizenzen.",
    pmml: (version) => `PMML ${version}`,
    function: {
      classification: "sagt, welche von mehreren Antworten am wahrscheinlichsten ist",
      regression: "schätzt eine Zahl",
      clustering: "findet die nächste Gruppe",
      associationRules: "findet zutreffende Regeln",
      timeSeries: "sagt eine Reihe voraus",
      sequences: "findet, was worauf folgt",
      mixed: "gibt Antworten verschiedener Art",
    },
    type: {
      RegressionModel: "Regressionsformel",
      GeneralRegressionModel: "Allgemeine Regression",
      TreeModel: "Entscheidungsbaum",
      MiningModel: "Mehrere Modelle gemeinsam",
      Scorecard: "Punktekarte",
      NeuralNetwork: "Neuronales Netz",
      NaiveBayesModel: "Naive Bayes",
      SupportVectorMachineModel: "Stützvektormaschine",
      NearestNeighborModel: "Nächste Nachbarn",
      ClusteringModel: "Gruppen",
      RuleSetModel: "Regeln",
      AssociationModel: "Assoziationsregeln",
      GaussianProcessModel: "Gauß-Prozess",
      BayesianNetworkModel: "Bayes-Netz",
      TimeSeriesModel: "Zeitreihe",
      TextModel: "Textmodell",
      SequenceModel: "Folgeregeln",
      BaselineModel: "Vergleich mit einer Grundlinie",
      AnomalyDetectionModel: "Erkennung von Auffälligem",
    },
    kindText: (type, does) => (does ? `${type}; ${does}` : type),
    checkedAll: (n, fields) =>
      `${n} von ${n} Prüffällen hier wiedergegeben, je ${fields} ${plural(fields, { one: "Ergebnis", other: "Ergebnisse" })}`,
    checkedSome: (ok, n) => `Nur ${ok} von ${n} Prüffällen hier wiedergegeben`,
  },

  treatment: {
    missingReplaced: (used) => `Nicht angegeben: ${used} wird genommen.`,
    missingRefused: "Nicht angegeben: keine Vorhersage.",
    missingHandled: "Nicht angegeben: Das Modell kommt ohne aus.",
    invalidMissing: "Nicht gültig: wie nicht angegeben.",
    invalidAsIs: "Nicht gültig: genommen, wie es ist.",
    invalidReplaced: (used) => `Nicht gültig: ${used} wird genommen.`,
    invalidRefused: "Nicht gültig: keine Vorhersage.",
    outlierCut: (range) => `Jenseits von ${range}: das nähere Ende wird genommen.`,
    outlierMissing: (range) => `Jenseits von ${range}: wie nicht angegeben.`,
  },
};
