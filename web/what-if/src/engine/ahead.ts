// A model that the address names is asked for before anything else is done; whoever reads it later finds it here.
import { h } from "../dom.ts";
import { locate } from "../locate.ts";

export function fetchAhead(address: string): void {
  const place = locate(address);
  if ("href" in place) document.head.append(h("link", { rel: "preload", as: "fetch", crossorigin: true, href: place.href }));
}
