// A model as formulas, in a worker: a large ensemble takes longer than the pane may be held.
import { ScoreletError } from "scorelet";
import { translateToFormulas } from "scorelet/formulas";
import type { Answer, Question } from "./protocol.ts";

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  translateToFormulas(data.document, data.options).then(
    (sheet) => answer({ sheet }),
    (error: unknown) => answer({ reasons: error instanceof ScoreletError ? error.diagnostics : [], message: String(error) }),
  );
});

const answer = (answer: Answer): void => postMessage(answer);
