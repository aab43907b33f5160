// Telemetry in a kiosk: its owner decides, by telemetry.json, and visitors are told.
import type { Session } from "../../session.ts";
import { Follower } from "../../telemetry/follow.ts";
import { Reporter } from "../../telemetry/reporter.ts";
import { isOwn, nameOf, type Settings } from "../../telemetry/settings.ts";
import { policiesIn } from "../../telemetry/telling.ts";
import { loadWords } from "../../telemetry/texts.ts";

/** What visitors are told while it reports; null: it does not. */
export async function reportKiosk(settings: Settings, session: Session, seconds: number): Promise<string | null> {
  const reporter = await Reporter.begin(settings, "kiosk", nameOf("kiosk"));
  const isWanted = settings.kiosk === true && isOwn(settings);
  if (reporter.isOn !== isWanted) await reporter.switch(isWanted);
  if (!isWanted) return null;
  const w = await loadWords();
  new Follower(reporter).follow(session);
  return w.kiosk(new URL(settings.url).host, policiesIn(settings, w).join(" "), seconds);
}
