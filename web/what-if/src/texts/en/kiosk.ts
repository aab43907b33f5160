// The kiosk.
import type { Message } from "../message.ts";
import { plural } from "./words.ts";

export const kiosk = {
  question: (n: number, of: number) => `Question ${n} of ${of}`,
  answer: "The answer",
  answerTo: (target: string) => `Likely answer: ${target}`,
  inHundred: (n: number, target: string, value: string): Message => ({
    head: n < 1 ? "Fewer than 1 in 100" : n > 99 ? "More than 99 in 100" : `About ${n} in 100`,
    text: `in a similar position: ${target} is ${value}.`,
  }),
  dots: (n: number) => `${n} of 100 dots filled`,
  note: (seconds: number) =>
    `A calculation, not an offer. Nothing you enter is stored. The screen clears after ${seconds} seconds without a touch.`,
  again: "Start again",
  back: "Back",
  next: "Next",
  full: "Full screen",
  less: (field: string) => `${field}, less`,
  more: (field: string) => `${field}, more`,
  still: "Still there?",
  clears: (n: number) => `The screen clears in ${n} ${plural(n, { one: "second", other: "seconds" })}.`,
  keep: "Keep going",
  closed: "This screen is closed for the moment. Ask someone who works here.",
  noModel: {
    head: "The address names no model",
    text: "It looks like ?kiosk&model=gallery/credit.pmml&fields=age,income&idle=60.",
  },
};
