// What an administrator has written into telemetry.json beside the pane: where to, and what of each field. Without a
// collector there is no switch.
import type { Privacy, TelemetryOptions } from "scorelet/telemetry";

/** `privacy` and the rest are the package's own (web/scorelet/README.md). */
export interface Settings extends Pick<TelemetryOptions, "share" | "window" | "bounds" | "rhythm" | "compression"> {
  readonly url: string;
  readonly token?: string;
  readonly serviceName?: string;
  readonly environment?: string;
  readonly privacy?: Privacy;
}

/** What was read last holds without the server. */
const kept = "scorelet-telemetry-settings";

/** Null where none is set up; the address comes out in full. Throws where the file cannot be used, with the reason. */
export async function readSettings(): Promise<Settings | null> {
  const text = await fetch("./telemetry.json", { cache: "no-cache" }).then((response) => (response.ok ? response.text() : null), () => localStorage.getItem(kept));
  if (text === null) return null;
  const settings = JSON.parse(text) as Partial<Settings> | null;
  localStorage.setItem(kept, text);
  return settings?.url ? { ...settings, url: new URL(settings.url, location.href).href.replace(/\/$/, "") } : null;
}

/** The pane's policy lets it speak to its own server alone. */
export const isOwn = ({ url }: Settings): boolean => new URL(url).origin === location.origin;
