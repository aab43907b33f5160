// Which predictions of an open model are told of: not every one that a slider passes by, but those that somebody asked for.
import type { Row } from "../engine/protocol.ts";
import { stepsAhead } from "../series.ts";
import type { Session } from "../session.ts";
import type { Reported, Table } from "./protocol.ts";
import type { Reporter } from "./reporter.ts";
import type { Run } from "../many/run.ts";

const rest = 1000; // ms that an answer stands before it counts
const roles = ["", "champion", "challenger"];

export class Follower {
  readonly #known = new Map<Session, { number: number; settle(): void }>();
  #sessions = 0;
  #isHeld = false; // a slider that rests under a finger is still on its way

  constructor(private readonly reporter: Reporter) {
    const hold = ({ target }: Event) => (this.#isHeld = target instanceof HTMLInputElement && target.type === "range");
    addEventListener("pointerdown", hold, { capture: true, passive: true });
    for (const end of ["pointerup", "pointercancel", "change", "blur"])
      addEventListener(end, () => (this.#isHeld = false), { capture: true, passive: true });
    const leave = () => {
      for (const { settle } of this.#known.values()) settle();
      reporter.leave();
    };
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
    addEventListener("pagehide", leave);
  }

  /** From now on, for as long as it is open. */
  follow(session: Session): void {
    if (this.#known.has(session)) return;
    const number = ++this.#sessions;
    const told = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (this.#isHeld ? wait() : settle()), rest);
    };
    const settle = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      if (!this.reporter.isOn || !session.current) return;
      const row = session.case.record;
      const key = JSON.stringify(row);
      if (told.has(key)) return;
      told.add(key);
      this.reporter.case(this.reported(session), row);
    };
    this.#known.set(session, { number, settle });
    session.onAnswer((answer) => {
      clearTimeout(timer);
      timer = undefined;
      // At the start nobody has asked for anything yet, or nobody any more: what comes then is another's.
      if (session.case.changed.length === 0) told.clear();
      else if (answer) wait();
    });
    session.onClose(() => {
      settle();
      this.#known.delete(session);
      for (const role of roles) this.reporter.forget(`${number} ${role}`);
    });
  }

  /** A file that the model has scored. */
  table(session: Session, { file, look: { dialect }, decimalCommas, match, done }: Run): void {
    const table: Table = { file, dialect, decimalCommas, columns: [...match.columns], rows: done!.rows };
    this.reporter.table(this.reported(session), table);
  }

  preview(session: Session, row: Row): Promise<string | null> {
    return this.reporter.preview(this.reported(session), row);
  }

  reported(session: Session): Reported {
    const { name, version, fingerprint, rival, isChallenger, opened } = session;
    const variant = rival ? (isChallenger ? "challenger" : "champion") : "";
    const isForecast = session.description.info.functionName === "timeSeries";
    return {
      id: `${this.#known.get(session)?.number ?? 0} ${variant}`,
      identity: { name, version, ...(fingerprint && { sha256: fingerprint }), ...(variant && { variant }) },
      document: opened.document,
      ...(isForecast && { horizon: stepsAhead }),
    };
  }
}
