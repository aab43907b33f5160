import { h } from "../../../../web/what-if/src/dom.ts";

/** A message in place of what cannot be shown. */
export const message = (text: string, tone: "plain" | "act" = "act"): HTMLElement => h("p", { class: `note ${tone} pad`, role: tone === "act" ? "alert" : "status" }, text);

export function button(text: string, kind: "primary" | "quiet" | "", act: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", class: `btn ${kind}`.trim() }, text);
  element.addEventListener("click", act);
  return element;
}

/** Why Excel, the core or a file said no, in their own words. */
export function reasonOf(error: unknown): string {
  const { reason, diagnostics, message } = error as { reason?: string; diagnostics?: readonly { message: string }[]; message?: string };
  if (reason) return reason;
  if (diagnostics?.length) return diagnostics.map((d) => d.message).join(" ");
  return message ?? String(error);
}
