// Modules as compiled, in a language.
import fs from "node:fs";
import path from "node:path";

// The reader of these tests is in Ireland, wherever they run.
Object.defineProperty(globalThis, "navigator", { value: { language: "en-IE", languages: [] }, configurable: true });

const dist = path.resolve(import.meta.dirname, "../dist");
export const load = (name) => import(path.join(dist, "monitor/src", `${name}.js`));
const texts = await import(path.join(dist, "what-if/src/texts.js"));
const words = await load("words");

export async function speak(language) {
  await texts.speak(language);
  words.use(language);
}

const repository = path.resolve(import.meta.dirname, "../../../..");
export const example = (name) =>
  JSON.parse(fs.readFileSync(path.join(repository, `tests/monitor/examples/${name}.json`), "utf8"));

/** Spaces that do not break, as plain ones. */
export const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");
