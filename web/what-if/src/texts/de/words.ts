// What several texts are made of, in German.
import { pluralIn } from "../../plural.ts";

export const plural = pluralIn("de");
export const nbsp = "\u00a0";
export const quoted = (value: string) => `„${value}“`;
export const fields = (n: number) => plural(n, { one: "Feld", other: "Felder" });
