// A script of its own, there long before the page's: what the address names travels beside that. Whoever reads it later finds it
// here.
declare const NEED_FURTHER: readonly string[]; // addresses of the gallery (vite.config.ts)

const fetchAhead = (href: string) =>
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));

const address = new URLSearchParams(location.search).get("model");
const place = address === null ? null : URL.parse(address, document.baseURI);
if (place?.origin === location.origin) fetchAhead(place.href);
if (address !== null && NEED_FURTHER.includes(address)) fetchAhead(new URL("scorelet/scorelet-further.wasm", import.meta.url).href);
