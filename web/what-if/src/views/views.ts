// The views of an open model, in the order of the navigation. The first one needs no name in the address.
import { t } from "../texts.ts";
import { aboutView } from "./about.ts";
import { CompareView } from "./compare.ts";
import { ManyView } from "./many/many.ts";
import { OneView } from "./one.ts";
import type { Entry } from "./view.ts";

export const entries = (): readonly Entry[] => [
  { id: "one", name: t.views.one, make: (session, page) => new OneView(session, page) },
  { id: "many", name: t.views.many, make: (session, page) => new ManyView(session, page) },
  { id: "compare", name: t.views.compare, make: (session, page) => new CompareView(session, page) },
  { id: "about", name: t.views.about, make: aboutView },
];
