// The head of the page: the wordmark, the open model, and the way to open another.
import { h, s, setText } from "../dom.ts";
import { t } from "../texts.ts";

export const mark = (): SVGElement =>
  s(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true" },
    s("path", {
      d: "M2 15.5C7 15.5 8 4.5 18 4.5",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "2.4",
      "stroke-linecap": "round",
    }),
    s("circle", { cx: "10", cy: "10", r: "3.4", fill: "currentColor" }),
  );

/** What may be said of the connection: that nothing leaves, that the page works without one, that there is none, that predictions are reported. */
export type Connection = "used" | "needless" | "cut" | "reported";

export interface Header {
  root: HTMLElement;
  showModel(name: string, version: string): void;
  showConnection(connection: Connection): void;
}

export function headerView(choose: () => void, share: () => void): Header {
  const title = h("h1", {}, t.product);
  title.classList.add("vh");
  const version = h("span", { class: "fine" });
  const again = h("button", { type: "button", class: "btn quiet", hidden: true }, t.open.again);
  again.addEventListener("click", choose);
  const local = h("span", { class: "tag ok" }, t.local);
  const toShare = h("button", { type: "button", class: "btn", hidden: true }, t.share.open);
  toShare.addEventListener("click", share);
  const root = h(
    "header",
    { class: "top" },
    h("p", { class: "wm" }, mark(), h("span", {}, t.product)),
    title,
    version,
    h("div", { class: "local" }, local, again, toShare),
  );
  return {
    root,
    showModel(name, modelVersion) {
      title.classList.remove("vh");
      setText(title, name);
      title.title = name;
      setText(version, modelVersion ? t.version(modelVersion) : "");
      again.hidden = false;
      toShare.hidden = false;
    },
    showConnection(connection) {
      setText(local, { used: t.local, needless: t.offline.ready, cut: t.offline.cut, reported: t.offline.reported }[connection]);
      local.className = `tag ${connection === "cut" ? "repl" : connection === "reported" ? "" : "ok"}`;
    },
  };
}
