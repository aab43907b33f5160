// A message over the view, until it is closed or no longer holds.
import { h, messageNodes } from "../dom.ts";
import { t, type Message } from "../texts.ts";
import { button } from "./button.ts";

export class NoticeView {
  readonly root = h("div", { class: "notice", role: "status" });

  show(message: Message | null): void {
    this.root.replaceChildren(
      ...(message
        ? [
            h(
              "div",
              { class: "note" },
              h("p", {}, ...messageNodes(message)),
              button(t.share.dismiss, "quiet", () => this.show(null)),
            ),
          ]
        : []),
    );
  }
}
