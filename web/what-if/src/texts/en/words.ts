// What several texts are made of.
import { pluralIn } from "../../plural.ts";

export const plural = pluralIn("en");
export const nbsp = "\u00a0";
export const quoted = (value: string) => `“${value}”`;
