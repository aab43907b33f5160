// What the address says: the query what to open (`?model=`) and how; what follows "#" (`view=about&…`, never sent) is the state
// of the page. The one place that reads and writes it.

/** What is kept there: the view shown, and a case that was shared. Another page that uses this adds its own. */
export interface PartNames {
  view: string;
  case: string;
}
export type Part = keyof PartNames;
export type Parts = Partial<Record<Part, string | null>>;

const read = () => new URLSearchParams(location.hash.slice(1));

export const part = (name: Part): string | null => read().get(name);

/** The address with some parts changed; `null` takes one away, the others stay. */
export function addressWith(changes: Parts): string {
  const parts = read();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) parts.delete(name);
    else parts.set(name, value);
  }
  return `${location.pathname}${location.search}${parts.size ? `#${parts}` : ""}`;
}

/** A step that the browser's back button takes back. */
export function go(changes: Parts): void {
  const to = addressWith(changes);
  if (to !== addressWith({})) history.pushState(null, "", to);
  notify();
}

/** Keeps something in the address without such a step. */
export function keep(changes: Parts): void {
  history.replaceState(null, "", addressWith(changes));
}

/** Leaves nothing behind the "#". */
export function clearFragment(): void {
  history.replaceState(null, "", `${location.pathname}${location.search}`);
}

/** A word of the query: the model's address in `?model=`, the language in `?lang=`. */
export const asked = (name: string): string | null => new URLSearchParams(location.search).get(name);

/** Keeps a word in the query, or takes it away. */
export function keepAsked(name: string, value: string | null): void {
  const url = new URL(location.href);
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  url.search = url.search.replaceAll("%2F", "/"); // addresses stay readable: a slash needs no escape in a query
  if (url.href !== location.href) history.replaceState(null, "", url);
}

const listeners: (() => void)[] = [];
const notify = () => listeners.forEach((listener) => listener());

/** Called after `go` and whenever the reader goes back, forward, or edits the address. */
export function onAddress(listener: () => void): void {
  listeners.push(listener);
}

if (typeof document !== "undefined") addEventListener("hashchange", notify);
