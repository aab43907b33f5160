// One file on its way: looked at, matched with the model's fields, scored, and judged once outcomes are known.
import type { InputField } from "scorelet";
import type { Session } from "../session.ts";
import { Batch } from "./batch.ts";
import { hasDecimalCommas, holdsNumbers } from "./cells.ts";
import { columnFor, matchColumns, type Match } from "./matching.ts";
import type { Done, Judgement, Look, Progress, Subject } from "./protocol.ts";
import type { Subjects } from "./subjects.ts";

export class Run {
  readonly batch: Batch;
  readonly chosen = new Map<string, number | null>();
  match: Match;
  done: Done | null = null;
  /** The column with outcomes; null if there is none. */
  outcome: number | null;
  judgement: Judgement | null = null;

  /** Reads the beginning of a file. */
  static async begin(session: Session, subjects: Subjects, file: File): Promise<Run> {
    const { module } = session.engine;
    const { document, isStateful } = session.opened;
    const batch = new Batch({ module: module!, document, isStateful });
    try {
      return new Run(session, subjects, file, batch, await batch.ask("look", file));
    } catch (error) {
      batch.end();
      throw error;
    }
  }

  private constructor(
    private readonly session: Session,
    private readonly subjects: Subjects,
    readonly file: File,
    batch: Batch,
    readonly look: Look,
  ) {
    this.batch = batch;
    this.match = this.#matched();
    this.outcome = this.#outcomeColumn();
  }

  /** The reader says which column a field is in; null: in none. */
  choose(field: InputField, column: number | null): void {
    this.chosen.set(field.name, column);
    this.match = this.#matched();
  }

  get isWhole(): boolean {
    return this.match.columns.size > 0 && this.match.missing.length === 0 && this.match.twice.length === 0;
  }

  /** Columns that are no field of the model. */
  get others(): number[] {
    const used = new Set(this.match.columns.values());
    return this.look.header.flatMap((_, i) => (used.has(i) ? [] : [i]));
  }

  async score(rename: string, keep: number[], progress: (progress: Progress) => void): Promise<Done> {
    this.done = await this.batch.ask(
      "score",
      {
        file: this.file,
        dialect: this.look.dialect,
        decimalCommas: this.decimalCommas,
        columns: [...this.match.columns],
        keep: [...(this.outcome === null ? [] : [this.outcome]), ...keep],
        rename,
      },
      progress,
    );
    return this.done;
  }

  async judge(subject: Subject): Promise<Judgement | null> {
    const { classes, label } = this.subjects;
    const outcome = this.outcome === null ? null : { column: this.outcome, subject, classes, label };
    this.judgement = await this.batch.ask("judge", outcome);
    return this.judgement;
  }

  get decimalCommas(): boolean {
    const { dialect, sample } = this.look;
    if (dialect.delimiter === ",") return false;
    const numbers = this.session.description.inputs
      .filter(holdsNumbers)
      .flatMap((f) => this.match.columns.get(f.name) ?? []);
    return hasDecimalCommas(sample.flatMap((cells) => numbers.map((column) => cells[column] ?? "")));
  }

  #matched(): Match {
    return matchColumns(this.look.header, this.session.description.inputs, this.chosen);
  }

  #outcomeColumn(): number | null {
    const inputs = new Set(this.match.columns.values());
    for (const target of this.session.description.targets) {
      const column = columnFor(target, this.look.header);
      if (column !== null && !inputs.has(column)) return column;
    }
    return null;
  }
}
