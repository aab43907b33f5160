// Predicted against actual classes.
import { h } from "../../dom.ts";
import type { Judgement } from "../../many/protocol.ts";
import { t } from "../../texts.ts";
import { count, percent } from "./figures.ts";
import { table } from "./plot.ts";
import { section } from "./section.ts";

const most = 12; // classes in the table

export function accuracyView({ accuracy, cells, names }: NonNullable<Judgement["classes"]>): HTMLElement {
  const shown = names.slice(0, most);
  const title = t.many.accuracy.title(percent(accuracy));
  return section(
    title,
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      table(
        ["", ...shown.map((name) => t.many.limit.predicted(name))],
        shown.map((name, actual) => [
          t.many.accuracy.actual(name),
          ...shown.map((_, predicted) => {
            const n = count(cells[actual]![predicted]!);
            return actual === predicted ? h("b", {}, n) : n;
          }),
        ]),
        "plain",
      ),
    ),
    h("p", { class: "fine" }, t.many.accuracy.note),
  );
}
