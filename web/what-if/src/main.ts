// The page: a header, and below it either the way to open a model, the reason why a file was not opened, or a session.
import { Model, Runtime, ScoreletError } from "scorelet";
import exampleUrl from "../../../tests/data/demo/model.pmml?url";
import { Announcer } from "./announce.ts";
import { h, setText } from "./dom.ts";
import { acceptDrops } from "./drop.ts";
import { explain, sniff } from "./refusal.ts";
import { language, t, type Message } from "./texts.ts";
import { fingerprintOf } from "./views/card.ts";
import { headerView } from "./views/header.ts";
import { emptyView, refusedView, type Doors } from "./views/opening.ts";
import { Session } from "./views/session.ts";

Runtime.shared().catch(() => {}); // begun early; a failure is told when a model is opened

const announcer = new Announcer();
const file = h("input", {
  type: "file",
  class: "vh",
  accept: ".pmml,.xml,application/xml,text/xml",
  tabindex: "-1",
  "aria-hidden": "true",
});
const choose = () => file.click();
const header = headerView(choose);
const main = h("main", { id: "main", tabindex: "-1" });
const progress = h("p", { class: "progress", role: "status" });
let session: Session | null = null;
let opening = 0;

document.documentElement.lang = language;
document.body.append(
  h("a", { class: "skip", href: "#main" }, t.skip),
  header.root,
  progress,
  main,
  h("footer", {}, t.footer),
  file,
  announcer.root,
);
main.append(emptyView(doors()));

file.addEventListener("change", () => {
  const chosen = file.files?.[0];
  file.value = "";
  if (chosen) void openFile(chosen);
});
acceptDrops((files) => {
  if (files[0]) void openFile(files[0]);
  if (files.length > 1) announcer.say(t.open.onlyOne, true);
});
document.addEventListener("keydown", (event) => {
  const typing =
    event.target instanceof HTMLInputElement && event.target.type !== "range" && event.target.type !== "radio";
  if (!session || typing || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey)
    return;
  event.preventDefault();
  session.case.undo();
});

function doors(): Doors {
  return { choose, example: () => void openExample(), ...(session ? { back: () => show(session!.root) } : {}) };
}

const openFile = (chosen: File) => open(chosen.name, () => chosen.arrayBuffer());

const openExample = () =>
  open(t.open.exampleName, async () => {
    const response = await fetch(exampleUrl);
    if (!response.ok) throw new Error(t.open.exampleMissing);
    return response.arrayBuffer();
  });

/** Reads and opens a document; of several attempts only the newest counts. */
async function open(name: string, read: () => Promise<ArrayBuffer>): Promise<void> {
  const attempt = ++opening;
  const slow = setTimeout(() => setText(progress, t.open.working), 300);
  try {
    const bytes = new Uint8Array(await read());
    const strange = sniff(bytes);
    if (strange) return refuse(name, strange);
    if (bytes.length > 1e6) {
      // opening holds up the page: say so before it starts
      setText(progress, t.open.working);
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    }
    const model = await Model.load(bytes);
    const fingerprint = await fingerprintOf(bytes);
    if (attempt === opening) begin(new Session(model, { name, content: bytes, fingerprint }));
    else model.close();
  } catch (error) {
    if (attempt !== opening) return;
    fail(name, error);
  } finally {
    clearTimeout(slow);
    if (attempt === opening) setText(progress, "");
  }
}

function begin(next: Session): void {
  session?.close();
  session = next;
  header.showModel(next.name, next.version);
  next.onFinding = (finding) => announcer.say(finding);
  next.onRest = (figure) => (document.title = t.pageTitle(next.name, figure));
  next.onFailure = (error) => {
    session = null;
    fail(next.name, error);
  };
  show(next.root);
  next.update();
  document.getElementById("prediction")?.focus({ preventScroll: true });
  scrollTo(0, 0);
  announcer.say(`${t.open.opened(next.name)} ${next.finding}`, true);
}

function fail(name: string, error: unknown): void {
  if (error instanceof ScoreletError) return refuse(name, explain(error.diagnostics), error);
  refuse(name, { head: t.refused.unread, text: error instanceof Error ? error.message : String(error) });
}

function refuse(name: string, reason: Message, error?: ScoreletError): void {
  show(refusedView(name, reason, error?.diagnostics ?? [], doors()));
  document.getElementById("h-open")?.focus();
}

function show(view: HTMLElement): void {
  main.replaceChildren(view);
}
