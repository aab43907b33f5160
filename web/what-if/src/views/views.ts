// The views of an open model, in the order of the navigation. The first one needs no name in the address, and comes with
// the page; the others are loaded when they are wanted, or when there is nothing else to do.
import { t } from "../texts.ts";
import { OneView } from "./one.ts";
import type { Entry } from "./view.ts";

const load = { many: () => import("./many/many.ts"), compare: () => import("./compare.ts"), about: () => import("./about.ts") };

export const entries = (): readonly Entry[] => [
  { id: "one", name: t.views.one, make: (session, page) => new OneView(session, page) },
  { id: "many", name: t.views.many, make: async (...of) => new (await load.many()).ManyView(...of) },
  { id: "compare", name: t.views.compare, make: async (...of) => new (await load.compare()).CompareView(...of) },
  { id: "about", name: t.views.about, make: async (session) => (await load.about()).aboutView(session) },
];

const patience = 1000; // ms after the first prediction, which they must not hold up

/** Loads the views that are not there yet, so that they open at once, and without the network. */
export function loadAhead(): void {
  setTimeout(() => {
    for (const one of Object.values(load)) one().catch(() => {}); // told when it is wanted
  }, patience);
}
