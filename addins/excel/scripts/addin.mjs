// What both manifests say. The address is where the folder will lie: SCORELET_ADDIN_URL, with https.
export const address = new URL(process.env.SCORELET_ADDIN_URL ?? "https://localhost:3000/");
if (address.protocol !== "https:") throw new Error(`An add-in is served by https, not from ${address.href}`);
if (!address.pathname.endsWith("/")) address.pathname += "/";
export const at = (file) => new URL(file, address).href;

export const addin = {
  id: "7a1f6c52-3d0e-4b86-9a35-c1d4e8f27b60", // never changes: Excel knows the add-in by it
  version: "0.1.0",
  namespace: "SCORELET",
  provider: "Scorelet",
  icons: [16, 32, 80],
  /** The same keys in every language. */
  texts: {
    "en-US": {
      name: "Scorelet",
      short: "Predictive models (PMML) in cells.",
      full: "Scores, explains and varies PMML models inside Excel. Models travel in the workbook; no value leaves this computer unless telemetry is switched on.",
      group: "Models",
      open: "Scorelet",
      tip: "Open models, vary a case bound to cells, score tables, explain rows, build a sheet.",
      started: "Scorelet is ready",
      startedText: "Open the pane from the Home tab and add a model, or type =SCORELET.",
      guide: "analysts.html",
      functions: "functions.json",
    },
    "de-DE": {
      name: "Scorelet",
      short: "Vorhersagemodelle (PMML) in Zellen.",
      full: "Rechnet, erklärt und variiert PMML-Modelle in Excel. Modelle reisen in der Mappe; kein Wert verlässt diesen Computer, solange die Telemetrie aus ist.",
      group: "Modelle",
      open: "Scorelet",
      tip: "Modelle öffnen, einen an Zellen gebundenen Fall variieren, Tabellen rechnen, Zeilen erklären, ein Blatt anlegen.",
      started: "Scorelet ist bereit",
      startedText: "Den Bereich auf der Registerkarte Start öffnen und ein Modell hinzufügen, oder =SCORELET. eingeben.",
      guide: "analysts.de.html",
      functions: "functions.de.json",
    },
  },
};
