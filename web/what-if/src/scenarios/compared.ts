// The cases of a session side by side, with the answers of its model, or of the one beside it.
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import type { Compared } from "./comparison.ts";
import { columnsOf } from "./scenarios.ts";

export const comparedIn = (session: Session, of: Session = session): Compared[] =>
  columnsOf(session.case, t.scenarios.now).map((column) => ({
    ...column,
    answer: column.at === null ? of.current : of.kept.to(column.values),
  }));
