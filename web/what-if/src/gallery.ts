// The models to try. `gallery/make.py` makes them and the list; they are fetched when asked for.
import list from "../gallery/gallery.json";
import type { Texts } from "./texts.ts";

export interface GalleryModel {
  id: keyof Texts["gallery"]["models"];
  model: string; // its element in the document
  bytes: number;
  madeBy: string;
  data: keyof Texts["gallery"]["data"];
  /** Kept with it, to compare with; 0 if there are none. */
  cases: number;
  /** A table of cases that ended one way or the other. */
  outcomes: { file: string; cases: number } | null;
  /** Those that ask for much the same, to compare it with. */
  beside: readonly string[];
}

export const gallery = list as readonly GalleryModel[];

export const addressOf = ({ id }: GalleryModel): string => `gallery/${id}.pmml`;

/** The model of the gallery that lies at an address, if it is one. */
export const galleryModelAt = (address: string | null): GalleryModel | undefined =>
  gallery.find((model) => addressOf(model) === address);

/** Where the cases lie that are kept with the model at an address. */
export const sampleAt = (address: string): string => address.replace(/pmml$/, "csv");

/** A table to score with a model of the gallery: the one with outcomes, else the cases kept with it. */
export interface ExampleTable {
  address: string;
  cases: number;
  hasOutcomes: boolean;
}

export function exampleTableFor(address: string | null): ExampleTable | null {
  const model = galleryModelAt(address);
  if (model?.outcomes) return { address: `gallery/${model.outcomes.file}`, cases: model.outcomes.cases, hasOutcomes: true };
  return model?.cases ? { address: sampleAt(address!), cases: model.cases, hasOutcomes: false } : null;
}
