// The report as a file that needs nothing else, and on paper.
import { h } from "../dom.ts";
import * as format from "../format.ts";
import { language, t } from "../texts.ts";
import type { Session } from "../session.ts";
import reportStyle from "../styles/report.css?inline";
import { outsideText, reportOf } from "./report.ts";

/** A whole document: no script, and nothing that it would fetch. The style is ours and holds no "<". */
export function reportPage(session: Session): string {
  const head = [
    h("meta", { charset: "utf-8" }),
    h("meta", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("title", {}, t.report.title(session.name)),
  ];
  const style = `<style>${reportStyle}${margins(session)}</style>`;
  const [meta, report] = [head.map((element) => element.outerHTML).join("\n"), reportOf(session).outerHTML];
  return `<!doctype html>\n<html lang="${language}">\n<head>\n${meta}\n${style}\n</head>\n<body>\n${report}\n</body>\n</html>\n`;
}

/** While the page is printed, the report stands in for it. */
export function listenForPrint(session: () => Session | null): void {
  let report: HTMLElement | null = null;
  const sheet = new CSSStyleSheet();
  addEventListener("beforeprint", () => {
    const open = session();
    if (!open || report) return;
    sheet.replaceSync(reportStyle + margins(open));
    report = reportOf(open);
    document.adoptedStyleSheets.push(sheet);
    document.body.append(report);
  });
  addEventListener("afterprint", () => {
    report?.remove();
    report = null;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
  });
}

export const printReport = (): void => print();

/** What stands at the foot of every printed page. */
function margins(session: Session): string {
  const { name, version, fingerprint } = session;
  const model = [name, version && t.version(version), fingerprint && `sha-256 ${format.fingerprint(fingerprint)}`];
  const left = quoted(model.filter(Boolean).join(", "));
  const middle = quoted(`${outsideText(session)}. ${format.moment(new Date())}`);
  const right = `${quoted(`${t.report.page} `)} counter(page) ${quoted(` ${t.report.of} `)} counter(pages)`;
  return `@page { @bottom-left { content: ${left} } @bottom-center { content: ${middle} } @bottom-right { content: ${right} } }`;
}

/** As a string of a style sheet: everything but plain letters and figures is written as its number. */
const quoted = (text: string): string =>
  `"${[...text].map((c) => (/[a-zA-Z0-9 ]/.test(c) ? c : `\\${c.codePointAt(0)!.toString(16)} `)).join("")}"`;
