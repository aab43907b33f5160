// Addresses of models. The page's policy lets it fetch from its own server only, so nothing can leave it.
import { t, type Message } from "./texts.ts";

/** Where to fetch a model from and what to call its file, or why it cannot be fetched. */
export function locate(address: string): { href: string; fileName: string } | Message {
  const url = URL.parse(address, document.baseURI);
  if (!url) return t.refused.noAddress;
  if (url.origin !== location.origin) return t.refused.elsewhere(url.host || url.protocol);
  return { href: url.href, fileName: fileNameIn(url.pathname) || address };
}

/** What the file at an address is called. */
export const fileNameIn = (address: string): string => decodeURIComponent(address.split("/").at(-1) ?? "");
