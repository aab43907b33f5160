// A link that changes some parts of the address and keeps what the others say at the time of the click.
import { addressWith, go, type Parts } from "../address.ts";
import { h } from "../dom.ts";

export function linkTo(changes: Parts, text: string): HTMLAnchorElement {
  const link = h("a", { href: addressWith(changes) }, text);
  link.addEventListener("click", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(changes);
  });
  return link;
}
