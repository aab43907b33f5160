// The page of `scorelet monitor`: the address says what is shown, the server what there is to show.
import { Announcer } from "../../what-if/src/announce.ts";
import { onAddress } from "../../what-if/src/address.ts";
import { h } from "../../what-if/src/dom.ts";
import { choose, language, type Language } from "../../what-if/src/texts.ts";
import { footerView } from "../../what-if/src/views/footer.ts";
import { Feed, type Health } from "./feed.ts";
import { part, viewNow, type ViewName } from "./place.ts";
import { AlertsView } from "./views/alerts.ts";
import { Decide } from "./views/decide.ts";
import { GroupsView } from "./views/groups.ts";
import { HeaderView } from "./views/header.ts";
import { ModelView } from "./views/model.ts";
import { ModelsView } from "./views/models.ts";
import { ReportView } from "./views/report.ts";
import { TodayView } from "./views/today.ts";
import { staleNote, troubleView } from "./views/trouble.ts";
import type { Page, View } from "./views/view.ts";
import { use, w } from "./words.ts";

const patience = 300; // milliseconds before it is said that something is on its way

const main = h("main", { id: "main", tabindex: "-1" });
const note = h("div", { class: "notice", role: "status" });
const announcer = new Announcer();
const feed = new Feed(told, felt);
const page: Page = { feed, say: (sentence) => announcer.say(sentence, true) };

let header: HeaderView;
let views: Record<ViewName, View>;
/** The view that the address names, and whether the reader has just come to it. */
let view: View;
let isArriving = false;
let wanted = "";
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Everything that has words, in the language of now. */
function build(): void {
  use(language);
  document.documentElement.lang = language;
  const decide = new Decide(page);
  views = {
    today: new TodayView(decide),
    groups: new GroupsView(decide),
    models: new ModelsView(),
    alerts: new AlertsView(decide),
    report: new ReportView(),
    model: new ModelView(decide),
  };
  header = new HeaderView(page.say);
  const skip = h("a", { class: "skip", href: "#main" }, w.skip);
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    (document.getElementById("headline") ?? main).focus();
  });
  document.body.replaceChildren(
    skip,
    header.root,
    note,
    main,
    footerView((next) => void speak(next), w.footer),
    decide.root,
    announcer.root,
  );
}

async function speak(next: Language): Promise<void> {
  await choose(next);
  build();
  main.replaceChildren();
  arrive();
  document.querySelector<HTMLElement>(`footer [lang="${next}"]`)?.focus();
  announcer.say(w.changed, true);
}

/** The address has changed. */
function arrive(): void {
  const next = views[viewNow()];
  isArriving = next !== view || (viewNow() === "model" && part("model") !== modelShown);
  view = next;
  header.update();
  clearTimeout(waiting);
  if (isArriving)
    waiting = setTimeout(
      () => (feed.health.trouble ? felt(feed.health) : main.replaceChildren(h("p", { class: "waiting" }, w.loading))),
      patience,
    );
  ask();
}

let modelShown: string | null = null;

function ask(): void {
  const paths = view.paths();
  wanted = JSON.stringify(paths);
  feed.want(paths);
}

function told(answers: unknown[]): void {
  clearTimeout(waiting);
  modelShown = part("model");
  const isNew = main.firstElementChild !== view.root;
  if (isNew) main.replaceChildren(view.root);
  view.show(answers);
  document.title = w.pageTitle(view.title());
  if (isArriving && isNew && started) {
    scrollTo(0, 0);
    document.getElementById("headline")?.focus({ preventScroll: true });
  }
  if (isArriving || isNew) announcer.say(view.title());
  isArriving = false;
  started = true;
  if (JSON.stringify(view.paths()) !== wanted) ask(); // the answers have raised another question
}

/** The first sight leaves the focus where the browser has put it. */
let started = false;

function felt(health: Health): void {
  header.feel(health);
  const isThere = main.firstElementChild === view.root && !isArriving;
  if (!health.trouble) {
    note.replaceChildren();
  } else if (isThere && health.trouble !== "locked") {
    if (note.dataset["of"] !== health.trouble || !note.firstChild) note.replaceChildren(staleNote(health, feed));
  } else {
    clearTimeout(waiting);
    note.replaceChildren();
    const typing =
      document.activeElement instanceof HTMLInputElement && main.querySelector<HTMLElement>(".token-status");
    if (typing) typing.textContent = w.health.refused;
    else main.replaceChildren(troubleView(health, feed));
  }
  note.dataset["of"] = health.trouble ?? "";
}

onAddress(arrive);
build();
arrive();
