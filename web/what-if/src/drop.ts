// Files dropped anywhere on the page.
import { h } from "./dom.ts";
import { t } from "./texts.ts";

export function acceptDrops(take: (files: File[]) => void): void {
  const veil = h("div", { class: "veil", hidden: true, "aria-hidden": "true" }, h("p", {}, t.open.dropNow));
  document.body.append(veil);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
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
}
