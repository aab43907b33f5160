// One open model as the functions and the pane ask it.
import type { ContributionOptions, Contributions, Description, Model, OutputValue, VerificationReport } from "scorelet";
import type { Ask, Asks, Contributed, Row } from "../../../../web/what-if/src/engine/protocol.ts";
import type { Scorable } from "../scoring/scorer.ts";
import type { Named } from "./names.ts";

export interface Subject extends Scorable, Named {
  readonly description: Description;
  /** Bytes of its document. */
  readonly size: number;
  /** Of its own check records, if it has any. */
  readonly report: VerificationReport | null;
  /** The model on this thread, if it is there already. */
  readonly localNow: Model | null;
  /** `compared`: records to compare with; none means the model's own, or made from what it says of its fields. */
  contributions(record: Row, options: ContributionOptions, compared?: readonly Row[]): Promise<Contributed>;
  ask<A extends Ask>(ask: A, ...of: Parameters<Asks[A]>): Promise<ReturnType<Asks[A]>>;
  /** By result, for a time series and so many steps. */
  forecast(record: Row, steps: number): Promise<Record<string, OutputValue>>;
}

export const isExplained = (record: Contributed["records"][number] | undefined): record is Contributions => record !== undefined && "contributions" in record;
