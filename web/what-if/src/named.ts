// The fields to show, as an address or an attribute names them: those names that the model does not have are told, not left out.
import type { InputField } from "scorelet";
import * as format from "./format.ts";
import { t, type Message } from "./texts.ts";

export const namesIn = (list: string | null): string[] => (list ?? "").split(",").map((name) => name.trim()).filter(Boolean);

export function strangeAmong(names: readonly string[], fields: readonly InputField[]): Message | null {
  const strange = names.filter((name) => !fields.some((f) => f.name === name));
  return strange.length ? t.form.noField(format.list(strange), format.list(fields.map((f) => f.name))) : null;
}
