// dist/manifest.xml (add-in only: every Excel that runs add-ins) and dist/manifest.json with its languages (the unified one:
// Microsoft 365), for the address in SCORELET_ADDIN_URL. Run by the build, after the files are there.
import { writeFileSync } from "node:fs";
import { addin, address, at } from "./addin.mjs";
import { faultsOfLanguage, faultsOfUnified, faultsOfXml } from "./rules.mjs";

const usual = "en-US";
const t = addin.texts[usual];
const others = Object.entries(addin.texts).filter(([language]) => language !== usual);
const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const overrides = (tag, key) => others.map(([language, texts]) => `<${tag} Locale="${language}" Value="${escaped(texts[key])}"/>`).join("");
const shown = (tag, key) => `<${tag} DefaultValue="${escaped(t[key])}">${overrides("Override", key)}</${tag}>`;
const string = (id, key) => `<bt:String id="${id}" DefaultValue="${escaped(t[key])}">${overrides("bt:Override", key)}</bt:String>`;
const url = (id, key) => `<bt:Url id="${id}" DefaultValue="${at(t[key])}">${others.map(([language, texts]) => `<bt:Override Locale="${language}" Value="${at(texts[key])}"/>`).join("")}</bt:Url>`;
const icons = `<Icon>${addin.icons.map((size) => `<bt:Image size="${size}" resid="Icon.${size}"/>`).join("")}</Icon>`;

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="TaskPaneApp">
  <Id>${addin.id}</Id>
  <Version>${addin.version}.0</Version>
  <ProviderName>${addin.provider}</ProviderName>
  <DefaultLocale>${usual}</DefaultLocale>
  ${shown("DisplayName", "name")}
  ${shown("Description", "full")}
  <IconUrl DefaultValue="${at("icon-32.png")}"/>
  <HighResolutionIconUrl DefaultValue="${at("icon-64.png")}"/>
  <SupportUrl DefaultValue="${at(t.guide)}">${others.map(([language, texts]) => `<Override Locale="${language}" Value="${at(texts.guide)}"/>`).join("")}</SupportUrl>
  <AppDomains><AppDomain>${address.origin}</AppDomain></AppDomains>
  <Hosts><Host Name="Workbook"/></Hosts>
  <Requirements><Sets DefaultMinVersion="1.1"><Set Name="SharedRuntime" MinVersion="1.1"/></Sets></Requirements>
  <DefaultSettings><SourceLocation DefaultValue="${at("pane.html")}"/></DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <Runtimes><Runtime resid="Pane.Url" lifetime="long"/></Runtimes>
        <AllFormFactors>
          <ExtensionPoint xsi:type="CustomFunctions">
            <Script><SourceLocation resid="Script.Url"/></Script>
            <Page><SourceLocation resid="Pane.Url"/></Page>
            <Metadata><SourceLocation resid="Metadata.Url"/></Metadata>
            <Namespace resid="Namespace"/>
          </ExtensionPoint>
        </AllFormFactors>
        <DesktopFormFactor>
          <GetStarted><Title resid="Started.Title"/><Description resid="Started.Text"/><LearnMoreUrl resid="Learn.Url"/></GetStarted>
          <FunctionFile resid="Pane.Url"/>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabHome">
              <Group id="Scorelet.Group">
                <Label resid="Group.Label"/>
                ${icons}
                <Control xsi:type="Button" id="Scorelet.Open">
                  <Label resid="Open.Label"/>
                  <Supertip><Title resid="Open.Label"/><Description resid="Open.Tip"/></Supertip>
                  ${icons}
                  <Action xsi:type="ShowTaskpane"><TaskpaneId>Scorelet.Pane</TaskpaneId><SourceLocation resid="Pane.Url"/></Action>
                </Control>
              </Group>
            </OfficeTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>${addin.icons.map((size) => `<bt:Image id="Icon.${size}" DefaultValue="${at(`icon-${size}.png`)}"/>`).join("")}</bt:Images>
      <bt:Urls>
        <bt:Url id="Pane.Url" DefaultValue="${at("pane.html")}"/>
        <bt:Url id="Script.Url" DefaultValue="${at("pane.js")}"/>
        ${url("Metadata.Url", "functions")}
        ${url("Learn.Url", "guide")}
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Namespace" DefaultValue="${addin.namespace}"/>
        ${string("Started.Title", "started")}
        ${string("Group.Label", "group")}
        ${string("Open.Label", "open")}
      </bt:ShortStrings>
      <bt:LongStrings>
        ${string("Started.Text", "startedText")}
        ${string("Open.Tip", "tip")}
      </bt:LongStrings>
    </Resources>
  </VersionOverrides>
</OfficeApp>
`;

const images = addin.icons.map((size) => ({ size, url: at(`icon-${size}.png`) }));
const unified = {
  $schema: "https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json",
  manifestVersion: "1.30",
  id: addin.id,
  version: addin.version,
  name: { short: t.name, full: t.name },
  description: { short: t.short, full: t.full },
  developer: { name: addin.provider, websiteUrl: at("analysts.html"), privacyUrl: at("administrators.html"), termsOfUseUrl: at("administrators.html") },
  icons: { outline: "icon-outline-32.png", color: "icon-color-192.png" },
  accentColor: "#0F703B",
  localizationInfo: { defaultLanguageTag: usual.toLowerCase(), additionalLanguages: others.map(([language]) => ({ languageTag: language.toLowerCase(), file: `${language.toLowerCase()}.json` })) },
  authorization: { permissions: { resourceSpecific: [{ name: "Document.ReadWrite.User", type: "Delegated" }] } },
  validDomains: [address.host],
  extensions: [{
    requirements: { scopes: ["workbook"], capabilities: [{ name: "SharedRuntime", minVersion: "1.1" }] },
    runtimes: [{
      id: "SharedRuntime", type: "general", lifetime: "long",
      code: { page: at("pane.html"), script: at("pane.js") },
      actions: [{ id: "ShowPane", type: "openPage", view: "Scorelet.Pane" }],
      customFunctions: { namespace: { id: addin.namespace, name: addin.namespace }, metadataUrl: at("functions.json"), allowCustomDataForDataTypeAny: true },
    }],
    ribbons: [{
      contexts: ["default"],
      tabs: [{
        builtInTabId: "TabHome",
        groups: [{ id: "Scorelet.Group", label: t.group, icons: images, controls: [{ id: "Scorelet.Open", type: "button", label: t.open, icons: images, supertip: { title: t.open, description: t.tip }, actionId: "ShowPane" }] }],
      }],
    }],
  }],
};

const group = "extensions[0].ribbons[0].tabs[0].groups[0]";
const languages = others.map(([language, texts]) => [`${language.toLowerCase()}.json`, {
  $schema: "https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json",
  "name.short": texts.name, "name.full": texts.name, "description.short": texts.short, "description.full": texts.full,
  [`${group}.label`]: texts.group,
  [`${group}.controls[0].label`]: texts.open,
  [`${group}.controls[0].supertip.title`]: texts.open,
  [`${group}.controls[0].supertip.description`]: texts.tip,
}]);

const faults = [...faultsOfXml(xml), ...(await faultsOfUnified(unified))];
for (const [, texts] of languages) faults.push(...(await faultsOfLanguage(texts)));
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
writeFileSync("dist/manifest.xml", xml);
writeFileSync("dist/manifest.json", `${JSON.stringify(unified, null, 2)}\n`);
for (const [file, texts] of languages) writeFileSync(`dist/${file}`, `${JSON.stringify(texts, null, 2)}\n`);
console.log(`manifests for ${address.href}`);
