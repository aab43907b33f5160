// What is known against a model: where it cannot be checked, and where nothing can be said about a value.
import { isNumeric, rangeOf, validValues } from "./domain.ts";
import type { Opened } from "./engine/protocol.ts";
import * as format from "./format.ts";
import { t } from "./texts.ts";

const few = 6; // fields that are named

export function limitsOf({ description, isStateful, report }: Opened): string[] {
  const asked = description.inputs.filter((f) => f.isUsed);
  const open = asked.filter((f) => isNumeric(f) && !rangeOf(f) && !f.intervals.length && !validValues(f).length);
  const limits: string[] = [];
  if (open.length) {
    const names = open.length <= few ? format.list(open.map(format.label)) : "";
    limits.push(t.card.noRange(open.length, asked.length, names));
  }
  if (!report || report.records === 0) limits.push(t.card.cannotCheck);
  if (isStateful) limits.push(t.form.stateful);
  return limits;
}
