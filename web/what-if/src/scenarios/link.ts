// A case and its scenarios as the part of an address after "#", which browsers keep to themselves. Decoding takes
// anything: what is not exactly such a code is refused, never half understood.
import type { InputField } from "scorelet";
import type { State, Values } from "../case.ts";
import { fit, type CaseValue } from "../domain.ts";
import { Listed, Unread } from "../typed.ts";
import { mostScenarios } from "./scenarios.ts";

export interface LinkedModel {
  name: string;
  /** SHA-256 of its document; null where the browser offers no digest. */
  fingerprint: string | null;
}

type Plain = string | number | boolean | null;

export interface Link {
  model: LinkedModel;
  fields: string[];
  /** One value per field: of the case itself, then of each scenario. */
  rows: Plain[][];
  names: string[];
}

/** A link of a later version of the page, or none at all. */
export type Unreadable = "newer" | "broken";

const version = "1.";
const limits = { code: 100_000, text: 1_000_000, fields: 10_000, value: 10_000, name: 200 };

export function linkOf(model: LinkedModel, fields: readonly string[], { values, scenarios }: State): Link {
  const row = (of: Values) => fields.map((name) => plainOf(of.get(name) ?? null));
  return {
    model,
    fields: [...fields],
    rows: [row(values), ...scenarios.map((s) => row(s.values))],
    names: scenarios.map((s) => s.name),
  };
}

/** What the link holds for a model's fields. Values of fields that the model does not ask for are dropped. */
export function stateOf({ fields, rows, names }: Link, inputs: readonly InputField[]): State {
  const values = (row: Plain[]): Values =>
    new Map(inputs.map((input) => [input.name, fit(input, row[fields.indexOf(input.name)] ?? null)]));
  return { values: values(rows[0]!), scenarios: names.map((name, i) => ({ name, values: values(rows[i + 1]!) })) };
}

/** True if the link was made with this model; without fingerprints, if the model asks for all that it holds. */
export function isFor({ model, fields }: Link, fingerprint: string | null, inputs: readonly InputField[]): boolean {
  if (model.fingerprint !== null && fingerprint !== null) return model.fingerprint === fingerprint;
  return fields.every((name) => inputs.some((input) => input.name === name));
}

export async function encode({ model, fields, rows, names }: Link): Promise<string> {
  const text = JSON.stringify([model.name, model.fingerprint, fields, rows, names]);
  const squeezed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(squeezed).arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return version + base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export async function decode(code: string): Promise<Link | Unreadable> {
  if (!code.startsWith(version)) return /^\d+\.[\w-]*$/.test(code) ? "newer" : "broken";
  const text = await inflated(code.slice(version.length)).catch(() => null);
  return text === null ? "broken" : (checked(parsed(text)) ?? "broken");
}

async function inflated(base64: string): Promise<string | null> {
  if (base64.length > limits.code || !/^[\w-]+$/.test(base64)) return null;
  const bytes = Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    // A short code can hold a very long text.
    if (text.length > limits.text) return (void reader.cancel().catch(() => {}), null);
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checked(content: unknown): Link | null {
  if (!Array.isArray(content) || content.length !== 5) return null;
  const [name, fingerprint, fields, rows, names] = content as unknown[];
  if (!isText(name, limits.name) || !isListOf(fields, limits.fields, (x) => isText(x, limits.value))) return null;
  if (fingerprint !== null && !(isText(fingerprint, 64) && /^[0-9a-f]{64}$/.test(fingerprint))) return null;
  if (!isListOf(names, mostScenarios, (x) => isText(x, limits.name))) return null;
  const isRow = (row: unknown) => isListOf(row, limits.fields, isPlain) && row.length === fields.length;
  if (!isListOf(rows, mostScenarios + 1, isRow) || rows.length !== names.length + 1) return null;
  if (new Set(fields).size !== fields.length) return null;
  return {
    model: { name, fingerprint },
    fields: fields as string[],
    rows: rows as Plain[][],
    names: names as string[],
  };
}

const isText = (x: unknown, most: number): x is string => typeof x === "string" && x.length <= most;
const isListOf = (x: unknown, most: number, is: (item: unknown) => boolean): x is unknown[] =>
  Array.isArray(x) && x.length <= most && x.every(is);
const isPlain = (x: unknown): boolean =>
  x === null || typeof x === "boolean" || Number.isFinite(x) || isText(x, limits.value);

function plainOf(value: CaseValue): Plain {
  if (value instanceof Unread || value instanceof Listed) return value.text;
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
