// What the owner of a page (of the add-in: an administrator) has written into telemetry.json beside it: where to, and what of
// each field. Without a collector there is no switch.
import type { FieldPolicy, Privacy, TelemetryOptions } from "scorelet/telemetry";

/** `privacy` and the rest are the package's own (web/scorelet/README.md). */
export interface Settings extends Pick<TelemetryOptions, "share" | "window" | "bounds" | "rhythm" | "compression"> {
  readonly url: string;
  readonly token?: string;
  readonly serviceName?: string;
  readonly environment?: string;
  readonly privacy?: Privacy;
  /** What `scorelet baseline` wrote, of any models; each is found by its model's fingerprint. */
  readonly baselines?: readonly { readonly modelSha256?: string }[];
  /** Of a table so many rows, about, are told one by one; counts are of all. */
  readonly tableRows?: number;
  /** A kiosk reports without being asked: nobody but its owner may decide that. */
  readonly kiosk?: boolean;
}

export const usualTableRows = 10_000;

/** Pages of one origin that lie in different folders have nothing to do with each other. */
const folder = (): string => new URL(".", location.href).pathname;
const kept = () => `scorelet-telemetry-settings ${folder()}`;

/** Of the database of what waits; kiosks have one of their own. */
export const nameOf = (kind: "page" | "kiosk"): string => `scorelet-telemetry ${kind} ${folder()}`;

/** Null where none is set up; the address comes out in full. Throws where the file cannot be used, with the reason. */
export async function readSettings(): Promise<Settings | null> {
  // What was read last holds without the server.
  const text = await fetch("./telemetry.json", { cache: "no-cache" }).then((response) => (response.ok ? response.text() : null), () => localStorage.getItem(kept()));
  if (text === null) return null;
  const settings = JSON.parse(text) as Partial<Settings> | null;
  if (!settings?.url) return null;
  check(settings);
  localStorage.setItem(kept(), text);
  return { ...settings, url: new URL(settings.url, location.href).href.replace(/\/$/, "") };
}

const policies: readonly FieldPolicy[] = ["omitted", "binned", "hashed", "full"];

/** What would be understood as something else than its owner meant. */
function check({ privacy = {}, share = 1, baselines = [] }: Partial<Settings>): void {
  const { inputs = "omitted", results = "full", fields = {} } = privacy;
  for (const [name, policy] of [["privacy.inputs", inputs], ["privacy.results", results], ...Object.entries(fields)] as const)
    if (!policies.includes(policy)) throw new Error(`telemetry.json: ${name} is ${JSON.stringify(policy)}; there are ${policies.join(", ")}`);
  if (!(share >= 0 && share <= 1)) throw new Error(`telemetry.json: share is ${JSON.stringify(share)}; it is from 0 to 1`);
  if (!Array.isArray(baselines)) throw new Error("telemetry.json: baselines is no array");
}

/** Nothing is set up any more: what an earlier visit kept goes. */
export function forgetSettings(): void {
  localStorage.removeItem(kept());
  for (const kind of ["page", "kiosk"] as const) indexedDB.deleteDatabase(nameOf(kind));
}

/** The page's policy lets it speak to its own server alone. */
export const isOwn = ({ url }: Settings): boolean => new URL(url).origin === location.origin;
