/** What stands in a cell in place of a result, with its reason: only these two errors of Excel can carry a text. */
export class Fault extends Error {
  constructor(
    readonly code: "#VALUE!" | "#N/A",
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The call itself makes no sense. */
export const refused = (reason: string): Fault => new Fault("#VALUE!", reason);
/** There is no answer for this record. */
export const noAnswer = (reason: string): Fault => new Fault("#N/A", reason);
