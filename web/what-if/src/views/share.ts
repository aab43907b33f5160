// The ways out of the page: a link that holds the case, files, and paper.
import { addressWith } from "../address.ts";
import { h } from "../dom.ts";
import * as format from "../format.ts";
import { csv } from "../scenarios/csv.ts";
import { comparedIn } from "../scenarios/compared.ts";
import { encode, linkOf } from "../scenarios/link.ts";
import { sheetOf } from "../scenarios/sheet.ts";
import { save } from "../save.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { button } from "./button.ts";
import { printReport, reportPage } from "./report_page.ts";

const long = 4000; // characters that mail programs and messengers still take

export class ShareView {
  readonly root = h("dialog", { class: "sharing", "aria-labelledby": "h-share" });
  readonly #status = h("p", { class: "fine", role: "status" });
  readonly #link = h("textarea", { class: "box wide mono", rows: 3, readonly: true });

  async show(session: Session): Promise<void> {
    const link = await addressOf(session);
    this.#link.value = link;
    this.#link.ariaLabel = t.share.link;
    this.#status.textContent = "";
    const copy = button(t.share.copy, "primary", () => void this.#copy());
    copy.autofocus = true;
    const close = button(t.share.close, "", () => this.root.close());
    this.root.replaceChildren(
      h("h2", { id: "h-share" }, t.share.title),
      h("p", {}, t.share.holds),
      h("ul", { class: "holds" }, ...contentsOf(session).map((text) => h("li", {}, text))),
      ...notesOn(session, link).map((text) => h("p", { class: "fine" }, text)),
      this.#link,
      h("div", { class: "row" }, copy, this.#status),
      h("h3", {}, t.share.take),
      h("div", { class: "row" }, ...this.#files(session)),
      h("div", { class: "acts" }, close),
    );
    this.root.showModal();
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link.value);
      this.#status.textContent = t.share.copied;
    } catch {
      this.#link.select();
      this.#status.textContent = t.share.notCopied;
    }
  }

  #files(session: Session): Node[] {
    const saved = (file: string, type: string, content: string) => {
      save(file, type, content);
      this.#status.textContent = t.share.saved(file);
    };
    const table = () => csv(sheetOf(session.case, comparedIn(session)));
    return [
      button(t.share.html, "", () => saved(t.report.file(session.name, "html"), "text/html", reportPage(session))),
      button(t.share.csv, "", () => saved(t.report.file(session.name, "csv"), "text/csv", table())),
      button(t.share.print, "", () => {
        this.root.close();
        printReport();
      }),
    ];
  }
}

async function addressOf(session: Session): Promise<string> {
  const { case: theCase, name, fingerprint } = session;
  const link = linkOf(
    { name, fingerprint },
    theCase.fields.map((f) => f.name),
    theCase.history.now,
  );
  return new URL(addressWith({ case: await encode(link) }), location.href).href;
}

function contentsOf({ name, fingerprint, address, case: theCase }: Session): string[] {
  const { scenarios } = theCase;
  const contents = [
    fingerprint ? t.share.modelPrint(name, format.fingerprint(fingerprint)) : t.share.model(name),
    address ? t.share.place(address) : "",
    t.share.values(theCase.fields.length),
    scenarios.length ? t.share.scenarios(scenarios.length, format.list(scenarios.map((s) => s.name))) : "",
  ];
  return contents.filter(Boolean);
}

function notesOn({ fileName, address }: Session, link: string): string[] {
  return [
    t.share.unseen,
    address ? "" : t.share.noModel(fileName),
    link.length > long ? t.share.long(format.number(link.length)) : "",
  ].filter(Boolean);
}
