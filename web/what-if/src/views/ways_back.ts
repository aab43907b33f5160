// Undo and redo: the buttons, which say what they would do, and the keys.
import { h, setHidden, setText } from "../dom.ts";
import type { History } from "../history.ts";
import { t } from "../texts.ts";

type Steps = Pick<History<unknown>, "undo" | "redo" | "undoable" | "redoable">;

export class WaysBack {
  readonly #undo = h("button", { type: "button", class: "btn", "data-key": "undo" });
  readonly #redo = h("button", { type: "button", class: "btn", "data-key": "redo" });
  readonly buttons = [this.#undo, this.#redo] as const;

  constructor(private readonly steps: Steps) {
    this.#undo.addEventListener("click", () => steps.undo());
    this.#redo.addEventListener("click", () => steps.redo());
    this.update();
  }

  update(): void {
    const { undoable, redoable } = this.steps;
    this.#undo.disabled = undoable === null;
    this.#redo.disabled = redoable === null;
    setHidden(this.#redo, redoable === null && document.activeElement !== this.#redo);
    setText(this.#undo, undoable === null ? t.history.undo : t.history.undoWhat(undoable));
    setText(this.#redo, redoable === null ? t.history.redo : t.history.redoWhat(redoable));
  }
}

/** Ctrl or Cmd with Z, with Shift+Z or Y. In a box that text is typed into they are the box's own. */
export function listenForSteps(steps: () => Steps | null): void {
  document.addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event;
    const typing =
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== "range" && target.type !== "radio");
    const open = steps();
    if (!open || typing || altKey || !(ctrlKey || metaKey) || !/^[zy]$/i.test(key)) return;
    event.preventDefault();
    if (key.toLowerCase() === "y" || shiftKey) open.redo();
    else open.undo();
  });
}
