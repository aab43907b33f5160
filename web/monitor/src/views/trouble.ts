// Why there is nothing newer to see, or nothing at all, and what to do.
import { h } from "../../../what-if/src/dom.ts";
import { button } from "../../../what-if/src/views/button.ts";
import { keepToken, type Feed, type Health } from "../feed.ts";
import { linkTo, to } from "../place.ts";
import { clock } from "../time.ts";
import { w } from "../words.ts";

/** Over what is still shown. */
export function staleNote(health: Health, feed: Feed): HTMLElement {
  const since = health.at ? w.health.from(clock(health.at)) : "";
  return h(
    "div",
    { class: "note" },
    h("p", {}, h("b", {}, w.health.head[health.trouble!]), ` ${since} ${w.health.trying}`),
    button(w.health.again, "", () => feed.again(), "again"),
  );
}

/** In place of what could not be had. */
export function troubleView(health: Health, feed: Feed): HTMLElement {
  const trouble = health.trouble!;
  return h(
    "section",
    { class: "card opening refused", "aria-labelledby": "headline" },
    h("h1", { id: "headline", tabindex: "-1" }, w.health.head[trouble]),
    h("p", { class: "sub" }, w.health.text[trouble]),
    health.reason ? h("p", { class: "fine" }, health.reason) : null,
    trouble === "locked"
      ? tokenForm(feed)
      : trouble === "unknown"
        ? linkTo(to("models"), w.health.allModels)
        : button(w.health.again, "primary", () => feed.again(), "again"),
  );
}

function tokenForm(feed: Feed): HTMLElement {
  const box = h("input", { class: "box", type: "password", required: true, autocomplete: "current-password" });
  const form = h(
    "form",
    { class: "row token" },
    h("label", {}, h("span", { class: "vh" }, w.health.token), box),
    h("button", { type: "submit", class: "btn primary" }, w.health.enter),
    h("p", { class: "fine token-status", role: "status" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepToken(box.value.trim());
    feed.again();
  });
  return form;
}
