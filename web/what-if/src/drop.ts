// Files dropped anywhere on the page. The veil that is shown meanwhile is the caller's to place.
import { h, setText } from "./dom.ts";
import { t } from "./texts.ts";

export function acceptDrops(take: (files: File[]) => void): HTMLElement {
  const words = h("p");
  const veil = h("div", { class: "veil", hidden: true, "aria-hidden": "true" }, words);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setText(words, t.open.dropNow);
    veil.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = true;
    take([...event.dataTransfer!.files]);
  });
  return veil;
}
