// What is told, and how telling goes, in sentences: for the page, the kiosk and the add-in.
import type { FieldPolicy } from "scorelet/telemetry";
import * as format from "../format.ts";
import type { Reporter } from "./reporter.ts";
import { usualTableRows, type Settings } from "./settings.ts";
import type { Words } from "./texts.ts";

/** What is sent of values. */
export function policiesIn({ privacy = {} }: Settings, w: Words): string[] {
  return [
    w.inputs(w.policies[privacy.inputs ?? "omitted"]),
    w.results(w.policies[privacy.results ?? "full"]),
    ...Object.entries(privacy.fields ?? {}).map(([name, policy]) => w.field(name, w.policies[policy])),
  ];
}

/** What the settings let out, one sentence for each kind of thing; `of`: what predictions are told of. */
export function toldBy(settings: Settings, w: Words, ...of: string[]): string[] {
  const { share = 1, window = 300 } = settings;
  return [
    ...of,
    ...policiesIn(settings, w),
    ...(share < 1 ? [w.part(format.number(share * 100))] : []),
    ...(window > 0 ? [w.counts(format.number(window / 60))] : []),
  ];
}

export const tablesTold = ({ tableRows = usualTableRows }: Settings, w: Words): string => w.tables(format.number(tableRows));

export function policyOf({ privacy = {} }: Settings, name: string, isResult: boolean): FieldPolicy {
  const { inputs = "omitted", results = "full", fields = {} } = privacy;
  return Object.hasOwn(fields, name) ? fields[name]! : isResult ? results : inputs;
}

/** `last`: when a request was answered. */
export function stateOf({ status, left, trouble }: Reporter, w: Words, last: Date | null = null): string {
  if (!status?.isOn) return w.isOff;
  const { delivered, waiting, answer } = status;
  const gone = status.lost + status.rejected + status.refused + left;
  const isRefusing = waiting > 0 && answer !== null && answer !== 200 && !status.isRefused;
  const words = [
    w.isOn,
    w.sent(format.number(delivered)),
    last ? w.last(new Intl.DateTimeFormat(format.locale(), { timeStyle: "medium" }).format(last)) : "",
    w.waits(format.number(waiting)),
    status.isSender ? "" : w.elsewhere,
    isRefusing ? w.unanswered : "",
    gone ? w.lost(format.number(gone)) : "",
    status.isRefused ? w.refused : "",
    status.failure ? w.failing(status.failure) : "",
    trouble ? w.untold(trouble) : "",
  ];
  return words.filter(Boolean).join(" ");
}
