// Which results are asked for, by the names that people give them.
import type { Description, ResultField } from "scorelet";
import { usualFocus } from "../../../../web/what-if/src/answer.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { refused } from "../fault.ts";
import { w } from "../texts/texts.ts";

/** A result column of the model; or the probability of a class that no result column has. */
export type Want = { kind: "column"; field: ResultField } | { kind: "probability"; value: string };

export const titleOf = (want: Want): string => (want.kind === "column" ? want.field.name : `probability(${want.value})`);

const plain = (name: string): string => name.trim().toLowerCase().replace(/[\s_.-]+/g, "");

/** What a spilled range shows unless told otherwise: the final results. */
export function usualWants({ results }: Description): Want[] {
  const final = results.filter((r) => r.isFinalResult);
  return (final.length ? final : results).map((field) => ({ kind: "column", field }));
}

export function predictionOf(description: Description): Want {
  const { results } = description;
  const field = results.find((r) => r.kind === "target") ?? results.find((r) => r.feature === "predictedValue") ?? results[0];
  if (!field) throw refused(w.fault.noResults);
  return { kind: "column", field };
}

export function probabilityOf(description: Description, value: string | null): Want {
  const { results, info, targets } = description;
  const chances = results.filter((r) => r.feature === "probability" && r.value !== undefined && r.dataType !== "string");
  const listed = targets[0]?.values.filter((v) => v.property === "valid").map((v) => v.value) ?? [];
  const classes = [...new Set([...listed, ...chances.map((r) => r.value!)])];
  if (info.functionName !== "classification" && info.functionName !== "clustering") throw refused(w.fault.noClasses);
  const wanted = value === null ? usualClass(classes) : (classes.find((c) => plain(c) === plain(value)) ?? (classes.length ? null : value));
  if (wanted === null) throw refused(w.fault.noClass(value ?? "", format.list(classes)));
  const field = chances.find((r) => r.value === wanted);
  return field ? { kind: "column", field } : { kind: "probability", value: wanted };
}

/** Of two the affirmative one, else the last. */
function usualClass(classes: readonly string[]): string | null {
  return usualFocus(classes.map((value) => ({ value, label: value, chance: 0 }))) ?? classes.at(-1) ?? null;
}

export function wantOf(description: Description, name: string): Want {
  const inside = /^\s*probability\s*(?:\((.*)\))?\s*$/i.exec(name);
  const named = description.results.filter((r) => [r.name, format.label(r)].some((n) => plain(n) === plain(name)));
  const exact = description.results.find((r) => r.name === name.trim());
  if (exact ?? named.length === 1) return { kind: "column", field: exact ?? named[0]! };
  if (inside) return probabilityOf(description, inside[1]?.replace(/^["'“]|["'”]$/g, "") ?? null);
  if (/^(predicted|prediction|predictedvalue)$/.test(plain(name))) return predictionOf(description);
  throw refused(w.fault.noOutput(name.trim(), format.list(description.results.map((r) => r.name))));
}

/** Names in a range or in one text; none means the usual ones. */
export function wantsOf(description: Description, names: readonly string[]): Want[] {
  const given = names.filter((name) => name.trim() !== "");
  return given.length ? given.map((name) => wantOf(description, name)) : usualWants(description);
}

/** Commas part names, but not inside brackets or quotes. */
export function splitNames(text: string): string[] {
  return (text.match(/(?:\([^)]*\)|[^,;(])+/g) ?? []).map((name) => name.trim()).filter(Boolean);
}
