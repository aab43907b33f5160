// The page: a header, and below it either the way to open a model, the reason why a file was not opened, or a view of
// the open one.
import type { Diagnostic } from "scorelet";
import { asked, go, keepAsked, onAddress, part } from "./address.ts";
import { Announcer } from "./announce.ts";
import { Arrival } from "./arrival.ts";
import { h } from "./dom.ts";
import { acceptDrops } from "./drop.ts";
import { EngineError } from "./engine/engine.ts";
import { compiled } from "./engine/compiled.ts";
import { Engines } from "./engine/engines.ts";
import { locate } from "./locate.ts";
import { keepModel, keepOffline } from "./offline/offline.ts";
import { explain, sniff } from "./refusal.ts";
import { Session, type Origin } from "./session.ts";
import { forgetSettings, readSettings } from "./telemetry/settings.ts";
import { choose, language, t, type Language, type Message } from "./texts.ts";
import { footerView } from "./views/footer.ts";
import { headerView, type Connection, type Header } from "./views/header.ts";
import { Navigation } from "./views/navigation.ts";
import { renewalView } from "./views/renewal.ts";
import { emptyView, refusedView, type Doors } from "./views/opening.ts";
import { NoticeView } from "./views/notice.ts";
import { ProgressView } from "./views/progress.ts";
import { listenForPrint } from "./views/report_page.ts";
import { ShareView } from "./views/share.ts";
import type { Reporting } from "./views/telemetry/page.ts";
import type { Page, View } from "./views/view.ts";
import { entries, loadAhead } from "./views/views.ts";
import { listenForSteps } from "./views/ways_back.ts";

const first = asked("model");
if (asked("kiosk") !== null) await (await import("./kiosk/kiosk.ts")).kiosk(); // and nothing else

const engines = new Engines(compiled());
const announcer = new Announcer();
const file = h("input", {
  type: "file",
  class: "vh",
  accept: ".pmml,.xml,.scorelet,application/xml,text/xml",
  tabindex: "-1",
  "aria-hidden": "true",
});
let isForSecond = false; // what the chosen file is for
const choosing = (second: boolean) => () => {
  isForSecond = second;
  file.click();
};
const chooseFile = choosing(false);
const share = new ShareView();
const notice = new NoticeView();
const veil = acceptDrops((files) => {
  const table = session && files.find(isTable);
  if (table) return void takeTable(table);
  if (files[0]) void openFile(files[0]);
  if (files.length > 1) announcer.say(t.open.onlyOne, true);
});
const main = h("main", { id: "main", tabindex: "-1" });
const page: Page = {
  say: (sentence) => announcer.say(sentence),
  second: {
    choose: choosing(true),
    go: (address) => void openAddress(address, session),
    swap,
    close: () => void closeSecond(),
  },
  reports: {
    get isOn() {
      return reporting?.isOn ?? false;
    },
    table: (scored, run) => reporting?.table(scored, run),
  },
  entitle: (what) => (document.title = t.pageTitle(session!.name, what)),
};
/** Of the model beside the open one. */
type Role = (typeof roles)[number];
let session: Session | null = null;
let attempt: AbortController | null = null;
let keepsOffline = false;
let renew: (() => void) | null = null;
let reporting: Reporting | null = null;
let [header, navigation, progress] = frame();
if (first === null) main.append(emptyView(doors()));

/** What stands round the views, in the page's language. */
function frame(): [Header, Navigation, ProgressView] {
  const parts = [headerView(chooseFile, toShare), new Navigation(entries(), page), new ProgressView(cancel)] as const;
  const skip = h("a", { class: "skip", href: "#main" }, t.skip);
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // what follows the "#" is the page's state
    main.focus();
  });
  document.documentElement.lang = language;
  document.body.replaceChildren(
    skip,
    ...parts.map((part) => part.root),
    notice.root,
    main,
    footerView((next) => void speak(next), reporting?.line),
    file,
    veil,
    announcer.root,
    share.root,
    ...(reporting?.dialog ? [reporting.dialog] : []),
    ...(renew ? [renewalView(renew)] : []),
  );
  parts[0].showConnection(connection());
  return [...parts];
}

function connection(): Connection {
  if (navigator.onLine && reporting?.isOn) return "reported";
  return navigator.onLine ? (keepsOffline ? "needless" : "used") : "cut";
}

/** Says everything anew in another language; the model and its case stay. */
async function speak(next: Language): Promise<void> {
  await choose(next);
  await reporting?.speak();
  navigation.begin(null);
  [header, navigation, progress] = frame();
  if (session) await showModel(session);
  else main.replaceChildren(emptyView(doors()));
  document.querySelector<HTMLElement>("footer [aria-current]")?.focus();
  announcer.say(t.language.changed, true);
}
onAddress(() => {
  if (!session) return;
  keepAddresses(); // a step back may say other ones
  void showSession(session);
});
file.addEventListener("change", () => {
  const chosen = file.files?.[0];
  file.value = "";
  if (chosen) void openFile(chosen, isForSecond ? session : null);
});
listenForSteps(() => session?.case.history ?? null);
listenForPrint(() => session);
const arrival = new Arrival({
  notice: (message) => notice.show(message),
  filling() {
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur(); // a box keeps what is typed
  },
  filled: () => announcer.say(t.share.filled, true),
});

function toShare(): void {
  if (session) void share.show(session);
}

function doors(): Doors {
  return {
    choose: chooseFile,
    go: (to) => void openAddress(to),
    ...(session ? { back: () => void showSession(session!) } : {}),
  };
}

const openFile = (chosen: File, beside: Session | null = null) =>
  open({ fileName: chosen.name, address: null }, chosen, beside);

/** Opens what lies at an address of this server. */
async function openAddress(address: string, beside: Session | null = null, role: Role = "challenger"): Promise<void> {
  const place = locate(address);
  if ("head" in place) return refuse(address, place);
  return open({ fileName: place.fileName, address }, place.href, beside, role);
}

/**
 * Opens a document, in place of the open one or beside it; of several attempts only the newest counts, and what was
 * open stays until it succeeds.
 */
async function open(
  origin: Origin,
  source: Blob | string,
  beside: Session | null = null,
  role: Role = "challenger",
): Promise<void> {
  const name = origin.fileName;
  attempt?.abort();
  const { signal } = (attempt = new AbortController());
  progress.begin();
  try {
    const strange = source instanceof Blob ? sniff(new Uint8Array(await source.slice(0, 4096).arrayBuffer())) : null;
    if (strange) return signal.aborted ? undefined : refuse(name, strange);
    const { engine, opened } = await engines.open(source, (at) => signal.aborted || progress.tell(at), signal);
    const next = await Session.begin(engine, opened, origin, beside?.case.history).catch((error: unknown) => {
      engines.giveBack(engine);
      throw error;
    });
    if (signal.aborted || (beside && !session)) engines.giveBack(next.close());
    else if (beside) await beginSecond(next, role);
    else begin(next);
  } catch (error) {
    if (!signal.aborted) fail(name, error, origin);
  } finally {
    if (!signal.aborted) progress.end();
  }
}

const isTable = (dropped: File) => /\.(csv|tsv|txt)$/i.test(dropped.name) || dropped.type === "text/csv";

/** A table is one of many cases, whichever view it is dropped on. */
async function takeTable(table: File): Promise<void> {
  go({ view: "many" });
  (await showSession(session!))?.take?.(table);
}

function cancel(): void {
  attempt?.abort();
  progress.end();
  if (!main.hasChildNodes()) main.append(emptyView(doors()));
  main.focus({ preventScroll: true }); // the button is gone
  announcer.say(t.open.cancelled, true);
}

function begin(next: Session): void {
  if (session) dispose(session);
  session = next;
  keepAddresses();
  void keepModel(next.address);
  next.onFailure = (error) => {
    dispose(next);
    session = null;
    navigation.begin(null);
    fail(next.name, error);
  };
  arrival.begin(next);
  reporting?.follow(next);
  void showModel(next).then((view) => {
    announcer.say(`${t.open.opened(next.name)} ${view?.finding ?? ""}`, true);
    loadAhead();
  });
}

function showModel(open: Session): Promise<View | null> {
  header.showModel(open.name, open.version);
  navigation.begin(open);
  return showSession(open);
}

function dispose(open: Session): void {
  if (open.rival) engines.giveBack(open.rival.close());
  engines.giveBack(open.close());
}

/** `role` is that of the second one. */
async function beginSecond(next: Session, role: Role): Promise<void> {
  if (session!.rival) await closeSecond();
  const first = session!;
  first.rival = next;
  next.rival = first;
  (role === "challenger" ? next : first).isChallenger = true;
  next.onFailure = () => void closeSecond();
  reporting?.follow(next);
  keepAddresses();
  go({ view: part("view") ?? "compare" });
  navigation.refresh();
  announcer.say(t.two.opened(next.name), true);
}

/** Makes the form from the other model. */
async function swap(): Promise<void> {
  const next = session!.rival!;
  next.asked = session!.asked;
  session = next;
  keepAddresses();
  await showModel(next);
  announcer.say(t.two.swapped(next.name), true);
}

async function closeSecond(): Promise<void> {
  if (session!.isChallenger) await swap();
  const first = session!;
  const second = first.rival!;
  first.rival = null;
  engines.giveBack(second.close());
  keepAddresses();
  navigation.refresh();
  announcer.say(t.two.closed(second.name), true);
}

/** The address names the model that the form is made from, and the one beside it by its role. */
function keepAddresses(): void {
  const { rival, isChallenger, address } = session!;
  keepAsked("model", address);
  keepAsked("challenger", rival && !isChallenger ? rival.address : null);
  keepAsked("champion", rival && isChallenger ? rival.address : null);
}

/** The view of the open model that the address names; null if it is not there, or no longer wanted. */
async function showSession(open: Session): Promise<View | null> {
  const view = await navigation.enter(open).catch(() => {
    notice.show(t.views.unreachable);
    return null;
  });
  if (view && main.firstElementChild !== view.root) {
    show(view.root);
    scrollTo(0, 0);
    view.heading.focus({ preventScroll: true });
  }
  return view;
}

function fail(name: string, error: unknown, origin?: Origin): void {
  const diagnostics = error instanceof EngineError ? error.diagnostics : [];
  if (diagnostics.length) return refuse(name, explain(diagnostics), diagnostics);
  const reason = error instanceof Error ? error.message : String(error);
  refuse(name, { head: t.refused.unread, text: origin?.address ? t.refused.unreachable : reason });
}

function refuse(name: string, reason: Message, diagnostics: readonly Diagnostic[] = []): void {
  navigation.leave();
  arrival.refused();
  show(refusedView(name, reason, diagnostics, doors()));
  document.getElementById("h-open")?.focus();
}

function show(view: HTMLElement): void {
  main.replaceChildren(view);
}

for (const event of ["online", "offline"]) addEventListener(event, () => header.showConnection(connection()));
const roles = ["challenger", "champion"] as const;

/** What the address names. */
async function openAsked(): Promise<void> {
  const beside = roles.map((role) => [role, asked(role)] as const).find(([, second]) => second !== null);
  if (first === null) return;
  await openAddress(first);
  if (beside && session) await openAddress(beside[1]!, session, beside[0]);
}

/** Kept for when there is no network: once the first prediction is there, which it would hold up. */
function keep(): void {
  void keepOffline(
    () => {
      keepsOffline = true;
      header.showConnection(connection());
      void keepModel(session?.address ?? null);
    },
    (start) => {
      if (!renew) document.body.append(renewalView(start));
      renew = start;
      announcer.say(t.offline.renewed);
    },
  );
}

/** Once the first prediction is there, too. Nothing of it is loaded where the page's owner has named no collector. */
async function report(): Promise<void> {
  const found = await readSettings().catch((error: Error) => error);
  if (found === null) return forgetSettings();
  const { Reporting } = await import("./views/telemetry/page.ts");
  const showConnection = () => header.showConnection(connection());
  reporting = await Reporting.begin(found, () => session, showConnection);
  for (const open of [session, session?.rival]) if (open) reporting.follow(open);
  document.querySelector("footer p")!.replaceChildren(reporting.line);
  if (reporting.dialog) document.body.append(reporting.dialog);
  showConnection();
}
void openAsked().finally(() => {
  keep();
  void report();
});
