// What may move when ways are looked for: each field freely, only up, only down, in steps, or not at all.
import type { FieldFreedom, InputField } from "scorelet";
import { h } from "../../dom.ts";
import { kindOf } from "../../domain.ts";
import * as format from "../../format.ts";
import { parseNumber } from "../../parse.ts";
import { t } from "../../texts.ts";

type Way = "any" | "up" | "down" | "frozen";

interface Line {
  field: InputField;
  way: HTMLSelectElement;
  step: HTMLInputElement | null;
}

export class FreedomView {
  readonly root: HTMLDetailsElement;
  readonly #lines: Line[];

  constructor(fields: readonly InputField[]) {
    this.#lines = fields.map((field) => {
      const name = format.label(field);
      const isNumber = kindOf(field) === "number";
      const ways: Way[] = isNumber ? ["any", "up", "down", "frozen"] : ["any", "frozen"];
      const way = h("select", { "aria-label": t.why.ways.mayMove(name) }, ...ways.map((w) => h("option", { value: w }, t.why.ways.freedom[w])));
      const step = isNumber
        ? h("input", { class: "box", inputmode: "decimal", autocomplete: "off", placeholder: t.why.ways.anyStep, "aria-label": t.why.ways.step(name) })
        : null;
      return { field, way, step };
    });
    const rows = this.#lines.map(({ field, way, step }) =>
      h("tr", {}, h("th", { scope: "row" }, format.label(field)), h("td", {}, way), h("td", {}, step)),
    );
    const heads = [t.why.ways.moving, t.why.ways.direction, t.why.ways.steps].map((x) => h("th", { scope: "col" }, x));
    this.root = h(
      "details",
      { class: "tbl free" },
      h("summary", {}, t.why.ways.whatMayMove),
      h("table", {}, h("caption", { class: "vh" }, t.why.ways.whatMayMove), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows)),
    );
  }

  /** `usual` is the step of a field for which the reader gives none. */
  chosen(usual: (field: InputField) => number | undefined): Record<string, FieldFreedom> {
    return Object.fromEntries(
      this.#lines.map(({ field, way, step }) => {
        const given = step ? parseNumber(step.value) : null;
        const size = given !== null && given > 0 ? given : usual(field);
        const chosen = way.value as Way;
        return [
          field.name,
          chosen === "frozen" ? { frozen: true } : { direction: chosen, ...(size === undefined ? {} : { step: size }) },
        ];
      }),
    );
  }
}
