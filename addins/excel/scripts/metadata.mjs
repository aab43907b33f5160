// functions.json from the comments of src/functions/functions.ts, and functions.de.json from help.de.mjs. Run by the build; what
// it writes is not in the repository.
import { mkdirSync, writeFileSync } from "node:fs";
import { generateCustomFunctionsMetadata } from "custom-functions-metadata";
import { help } from "./help.de.mjs";

const { metadataJson, errors = [] } = await generateCustomFunctionsMetadata("src/functions/functions.ts", true);
const problems = [errors].flat().filter(Boolean);
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
const metadata = JSON.parse(metadataJson);
for (const { id, description, parameters } of metadata.functions) {
  if (!description || parameters.some((p) => !p.description)) throw new Error(`${id}: a function and each of its parameters has a help text`);
  for (const parameter of parameters) {
    // "class" is no name of a variable, but of an argument in Excel.
    parameter.name = parameter.name.replace(/_$/, "");
    // A cell with an error is a value to be judged, not a reason to refuse the call.
    if (parameter.dimensionality === "matrix") parameter.allowErrorForDataTypeAny = true;
  }
}
metadata.allowErrorForDataTypeAny = true;
mkdirSync("public", { recursive: true });
writeFileSync("public/functions.json", `${JSON.stringify(metadata, null, 2)}\n`);

const used = new Set();
const german = (text) => {
  if (!(text in help)) throw new Error(`help.de.mjs lacks: ${text}`);
  used.add(text);
  return help[text];
};
for (const entry of metadata.functions) {
  entry.description = german(entry.description);
  for (const parameter of entry.parameters) parameter.description = german(parameter.description);
}
for (const text of Object.keys(help)) if (!used.has(text)) throw new Error(`help.de.mjs has what no function says: ${text}`);
writeFileSync("public/functions.de.json", `${JSON.stringify(metadata, null, 2)}\n`);
console.log(`functions.json: ${metadata.functions.length} functions`);
