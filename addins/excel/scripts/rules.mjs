// Manifests checked without a network: the unified one by its maker's own schemas, which an npm package brings; the
// other, for which only a service exists, by the rules below.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { AppManifestUtils } = createRequire(import.meta.url)("@microsoft/app-manifest");

export async function faultsOfUnified(manifest) {
  return (await AppManifestUtils.validateAgainstSchema(manifest)).map(String);
}

const values = (xml, pattern) => Array.from(xml.matchAll(pattern), (m) => m[1]);

export function faultsOfXml(xml) {
  const faults = [];
  const check = (isFine, fault) => isFine || faults.push(fault);
  // Well formed as far as tags go: every one is closed in its order.
  const open = [];
  for (const [, isEnd, name, isEmpty] of xml.replace(/<\?.*?\?>/gs, "").matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (isEmpty) continue;
    if (!isEnd) open.push(name);
    else if (open.pop() !== name) check(false, `</${name}> closes another element`);
  }
  check(open.length === 0, `not closed: ${open.join(", ")}`);

  check(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(values(xml, /<Id>(.*?)<\/Id>/g)[0] ?? ""), "Id is no GUID");
  check(/^\d+(\.\d+){1,3}$/.test(values(xml, /<Version>(.*?)<\/Version>/g)[0] ?? ""), "Version is no version");
  const order = ["Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl", "HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements", "DefaultSettings", "Permissions", "VersionOverrides"];
  const places = order.map((name) => xml.search(new RegExp(`<${name}[\\s>]`)));
  check(places.every((p) => p >= 0), `missing: ${order.filter((_, i) => places[i] < 0).join(", ")}`);
  check(places.every((p, i) => i === 0 || p > places[i - 1]), "elements are not in the order of the schema");

  const ids = values(xml, /<bt:(?:Image|Url|String) id="(.*?)"/g);
  const used = values(xml, /resid="(.*?)"/g);
  check(new Set(ids).size === ids.length, "a resource has the id of another");
  for (const id of used) check(ids.includes(id), `resid ${id} has no resource`);
  for (const id of ids) check(used.includes(id), `resource ${id} is not used`);
  for (const id of ids) check(id.length <= 32, `the id ${id} is longer than 32 characters`);

  const within = (section, most) => {
    const [content = ""] = values(xml, new RegExp(`<bt:${section}>(.*?)</bt:${section}>`, "gs"));
    for (const text of values(content, /Value="(.*?)"/g)) check(text.length > 0 && text.length <= most, `"${text}" is not of 1 to ${most} characters`);
  };
  within("ShortStrings", 125);
  within("LongStrings", 250);
  for (const url of values(xml, /Value="(https?:.*?)"/g)) check(url.startsWith("https:"), `${url} is not https`);
  for (const size of ["16", "32", "80"]) check(xml.includes(`<bt:Image size="${size}"`), `there is no icon of ${size}`);
  for (const resid of ["Runtime resid", "Page><SourceLocation resid", "FunctionFile resid"])
    check(xml.includes(`${resid}="Pane.Url"`), `${resid}: the shared runtime is one page`);
  return faults;
}

const vendor = createRequire(createRequire(import.meta.url).resolve("@microsoft/app-manifest/package.json"));

/** The texts of one more language. The vendor's own validator stumbles over the schema's patterns, its library does not. */
export async function faultsOfLanguage(texts) {
  const version = /v\d+\.\d+/.exec(texts.$schema)[0];
  const schema = JSON.parse(readFileSync(vendor.resolve(`./build/json-schemas/teams/${version}/MicrosoftTeams.Localization.schema.json`), "utf8"));
  const { default: Ajv } = vendor("ajv");
  const validate = new Ajv({ strict: false, unicodeRegExp: false, validateSchema: false, validateFormats: false, allErrors: true }).compile({ ...schema, $schema: undefined });
  validate(texts);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
