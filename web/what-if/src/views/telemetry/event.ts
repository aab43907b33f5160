// A report as a table: of each field what is sent in general, and what in this report.
import type { Description } from "scorelet";
import { h } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Report, Told } from "../../telemetry/record.ts";
import type { Settings } from "../../telemetry/settings.ts";
import { policyOf } from "../../telemetry/telling.ts";
import type { Words } from "../../telemetry/texts.ts";
import { t } from "../../texts.ts";

type Field = Description["inputs"][number] | Description["results"][number];

export function reportView({ inputs, results }: Description, settings: Settings, report: Report, w: Words): HTMLElement[] {
  const told = [...report.attributes].map(([name, value]) => [w.attributes[name] ?? name, written(value)] as const);
  const rows = (fields: readonly Field[], isResult: boolean, values: ReadonlyMap<string, Told>) =>
    fields.map((field) => {
      const { name } = field;
      const flag = report.flags.get(name);
      const value = values.has(name) ? written(values.get(name)!) : w.nothingSent;
      const note = typeof flag === "string" ? (w.flags[flag] ?? flag) : "";
      const cell = values.get(name) === null ? note || value : note ? `${value} (${note})` : value;
      return h("tr", {}, h("th", { scope: "row" }, format.label(field)), h("td", {}, w.sends[policyOf(settings, name, isResult)]), h("td", {}, cell));
    });
  const head = (text: string) => h("tr", {}, h("th", { scope: "rowgroup", colspan: 3, class: "k" }, text));
  return [
    h("dl", {}, ...[[w.time, format.moment(report.time)] as const, ...told].map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...[w.fieldHead, w.policyHead, w.valueHead].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, head(w.inputsHead), ...rows(inputs, false, report.inputs)),
      h("tbody", {}, head(w.resultsHead), ...rows(results, true, report.outputs)),
    ),
  ];
}

function written(value: Told): string {
  if (value === null) return t.notGiven;
  if (typeof value === "boolean") return value ? t.yes : t.no;
  return typeof value === "number" ? format.number(value) : value;
}
