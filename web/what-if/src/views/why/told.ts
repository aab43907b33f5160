// A value that an explanation found, as the form would tell it.
import type { InputField, OutputValue } from "scorelet";
import { isNumeric } from "../../domain.ts";
import * as format from "../../format.ts";
import { show } from "../../remarks.ts";

export function told(field: InputField, value: OutputValue): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value !== "number" || field.values.some((v) => v.value === String(value))) return show(field, value);
  return isNumeric(field) ? format.brief(value) : format.number(value);
}
