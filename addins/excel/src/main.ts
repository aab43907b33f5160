// The one page of the add-in: Excel keeps it open while the workbook is, pane shown or not, and asks it for its functions.
import type { Reporter } from "../../../web/what-if/src/telemetry/reporter.ts";
import { languageOf, speak } from "../../../web/what-if/src/texts.ts";
import type { Writing } from "./cells/read.ts";
import { Calls } from "./functions/calls.ts";
import * as functions from "./functions/functions.ts";
import { MachineStore } from "./host/machine.ts";
import { lacking } from "./host/requirements.ts";
import { recalculate } from "./host/sheet.ts";
import { WorkbookStore } from "./host/workbook.ts";
import { usualWriting, writingOfWorkbook } from "./host/writing.ts";
import { Library } from "./models/library.ts";
import { keepOffline } from "./offline/offline.ts";
import type { Loaded } from "./models/loaded.ts";
import { message } from "./pane/message.ts";
import { Pane } from "./pane/pane.ts";
import { use, w } from "./texts/texts.ts";

let writing: Writing = usualWriting();
const library = new Library(new WorkbookStore(), new MachineStore(), () => void recalculate().catch(() => {})); // F9 does it, too
let reporter: Reporter | null = null;
const calls = new Calls((name) => library.find(name), () => writing, (subject, ...rows) => reporter?.scored(reported(subject as Loaded), ...rows));
functions.serve(calls);
const reported = ({ sha256, name, document }: Loaded) => ({ id: sha256, identity: { name, sha256 }, document });

// Before anything is awaited: Excel may ask as soon as it knows the names.
if (typeof CustomFunctions !== "undefined") {
  const { serve: _, ...named } = functions;
  for (const [name, f] of Object.entries(named)) CustomFunctions.associate(name.toUpperCase(), f);
}

const info = typeof Office === "undefined" ? { host: null } : await Office.onReady();
const language = languageOf(...(info.host ? [Office.context.displayLanguage] : navigator.languages));
await speak(language);
use(language);
document.documentElement.lang = language;
if (info.host) await begin();
else document.body.append(message(w.pane.outside));

async function begin(): Promise<void> {
  const sets = lacking();
  if (sets.length) return document.body.append(message(w.pane.tooOld(sets.join(", "))));
  writing = await writingOfWorkbook().catch(() => writing);
  calls.forget();
  const pane = new Pane(library, calls);
  document.body.append(pane.root);
  await library.refresh().catch(() => {}); // told where a model is asked for
  pane.begin();
  void pane.telemetry.begin().then((begun) => (reporter = begun));
  void keepOffline();
  // Functions work from the first calculation on, without a pane.
  await Office.addin.setStartupBehavior(Office.StartupBehavior.load).catch(() => {});
}
