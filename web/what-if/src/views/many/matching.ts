// Which column is which field, where the file does not say it plainly.
import type { Description } from "scorelet";
import { h, messageNodes, setText } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Run } from "../../many/run.ts";
import { t } from "../../texts.ts";
import { button } from "./section.ts";

export function matchingView(
  { inputs }: Description,
  run: Run,
  heading: HTMLElement,
  { score, another }: { score(): void; another(): void },
): HTMLElement {
  const used = inputs.filter((f) => f.isUsed);
  const { header } = run.look;
  const message = h("p", { class: "note" });
  const go = button("", "primary", score);
  const asked = run.match.missing; // stay in place while they are answered
  const rows = asked.map(({ field, guess }) => {
    const label = format.label(field);
    const select = h(
      "select",
      { id: `column-${field.name}` },
      h("option", { value: "" }, t.many.nowhere),
      ...header.map((name, i) => h("option", { value: i }, name)),
    );
    const pick = () => {
      run.choose(field, select.value === "" ? null : Number(select.value));
      update();
    };
    select.addEventListener("change", pick);
    const use =
      guess === null
        ? null
        : button(t.many.use, "", () => {
            select.value = String(guess);
            pick();
            select.focus();
          });
    return h(
      "li",
      {},
      h("label", { for: `column-${field.name}` }, t.many.columnOf(label)),
      select,
      guess !== null && h("p", { class: "fine" }, t.many.guess(header[guess]!, label), " ", use),
    );
  });
  const update = () => {
    const { columns, missing, twice } = run.match;
    const absent = [...missing.map(({ field }) => field), ...used.filter((f) => run.chosen.get(f.name) === null)];
    const names = format.list([...new Set(absent.map((f) => format.label(f)))]);
    setText(heading, t.many.matched(used.filter((f) => columns.has(f.name)).length, used.length));
    const texts = [
      ...(columns.size ? [] : messageNodes(t.many.none)),
      ...(columns.size && absent.length ? [t.many.missing(names)] : []),
      ...twice.map((name) => t.many.twice(name)),
    ];
    message.replaceChildren(...texts.flatMap((x) => [x, " "]));
    message.hidden = texts.length === 0;
    setText(go, absent.length ? t.many.scoreAnyway : t.many.score);
    go.disabled = columns.size === 0 || twice.length > 0;
  };
  update();
  return h(
    "section",
    { class: "card matching", "aria-labelledby": "h-many" },
    heading,
    h("p", { class: "sub" }, t.many.matchedSub(run.file.name, header.length)),
    message,
    h("ul", { class: "asked" }, ...rows),
    h("div", { class: "row" }, go, button(t.many.another, "", another)),
  );
}
