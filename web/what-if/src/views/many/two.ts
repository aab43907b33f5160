// Champion and challenger on the same file: which is right more often, where they agree, and where they are apart.
import { go } from "../../address.ts";
import { h } from "../../dom.ts";
import { readValue, type CaseValue } from "../../domain.ts";
import * as format from "../../format.ts";
import { holdsNumbers, withoutComma } from "../../many/cells.ts";
import type { Differences, SliceApart, Subject } from "../../many/protocol.ts";
import { Run } from "../../many/run.ts";
import { subjectsOf, type Subjects } from "../../many/subjects.ts";
import { namesOf, type Session } from "../../session.ts";
import { t } from "../../texts.ts";
import type { Page } from "../view.ts";
import { count, percent, scored } from "./figures.ts";
import { judgedView } from "./judged.ts";
import { bar, chartTable, placed, plot, table } from "./plot.ts";
import { button, choice, section } from "./section.ts";
import { WorkingView } from "./working.ts";

interface Given {
  session: Session;
  run: Run;
  subjects: Subjects;
  slice: number | null;
  say(sentence: string): void;
  readonly reports: Page["reports"];
}

export class TwoModelsView {
  readonly root = h("div", { class: "sections two-models" });
  #rival: Session | null = null;
  /** The same file, scored with the other model. */
  #other: { run: Run; subjects: Subjects } | null = null;
  #subject: Subject;
  #slice: number | null;
  #turn = 0;

  constructor(private readonly given: Given) {
    this.#subject = given.subjects.usual;
    this.#slice = given.slice;
  }

  /** There may be another model beside the open one, or something else is looked at. */
  update(subject: Subject): void {
    const { rival } = this.given.session;
    const isSame = rival === this.#rival && subject === this.#subject;
    this.#subject = subject;
    if (rival !== this.#rival) this.close();
    this.#rival = rival;
    if (!rival) this.root.replaceChildren();
    else if (!this.#other) this.#offer();
    else if (!isSame) void this.#compare();
  }

  /** What came true is read from another column. */
  outcomeChanged(): void {
    if (this.#other) void this.#compare();
  }

  close(): void {
    this.#turn++;
    this.#other?.run.batch.end();
    this.#other = null;
  }

  #offer(problem = ""): void {
    const name = this.#rival!.name;
    this.root.replaceChildren(
      section(
        t.many.two.title,
        h("p", { class: "sub" }, t.many.two.lead(name)),
        problem !== "" && h("p", { class: "note", role: "status" }, problem),
        h("div", { class: "row" }, button(t.many.two.score(name), "primary", () => void this.#score())),
      ),
    );
  }

  async #score(): Promise<void> {
    const { run } = this.given;
    const rival = this.#rival!;
    const turn = ++this.#turn;
    const subjects = subjectsOf(rival.description);
    const other = await Run.begin(rival, subjects, run.file).catch(() => null);
    if (!other || turn !== this.#turn) return other?.batch.end();
    for (const field of rival.description.inputs) {
      const column = run.match.columns.get(field.name);
      if (column !== undefined) other.choose(field, column);
    }
    if (!other.match.columns.size) {
      other.batch.end();
      return this.#offer(t.many.two.noColumns(rival.name));
    }
    this.#other = { run: other, subjects };
    const working = new WorkingView(h("h3", {}, t.many.two.scoring(run.file.name, rival.name)), () => {
      this.close();
      this.#offer(t.many.cancelled);
    });
    this.root.replaceChildren(working.root);
    try {
      await other.score(t.many.rename, [], (at) => working.tell(at));
      this.given.reports.table(rival, other);
      await this.#compare();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.close();
      this.#offer(error instanceof Error ? error.message : t.many.failed);
    }
  }

  async #compare(): Promise<void> {
    const { session, run, subjects } = this.given;
    const { run: other, subjects: theirs } = this.#other!;
    const mine = this.#subject;
    const their = theirs.all.find((s) => s.kind === mine.kind && s.value === mine.value);
    const turn = ++this.#turn;
    const names = namesOf(session);
    if (!their) {
      this.root.replaceChildren(section(t.many.two.title, h("p", { class: "sub" }, t.many.two.nothing(...names))));
      return;
    }
    other.outcome = run.outcome;
    await other.judge(their);
    const sides = [{ run, subject: mine, label: subjects.label }, { run: other, subject: their, label: theirs.label }];
    const [first, second] = (session.isChallenger ? sides.reverse() : sides) as [(typeof sides)[0], (typeof sides)[0]];
    const scores = await second.run.batch.ask("side", { subject: second.subject, label: second.label });
    const classes = subjects.classes;
    const found = await first.run.batch.ask("differ", { second: scores, subject: first.subject, label: first.label, classes });
    const slices = this.#slice === null ? null : await first.run.batch.ask("slicesApart", this.#slice);
    if (turn !== this.#turn) return;
    this.#show(names, found, slices, first.run);
  }

  #show(names: readonly [string, string], found: Differences, slices: SliceApart[] | null, first: Run): void {
    const hadFocus = this.root.contains(document.activeElement);
    const where = h("div");
    if (slices) this.#showSlices(where, slices, first, names);
    const parts = [
      found.judged.length > 0 && judgedView(found.judged, names),
      found.apart && this.#apartView(found, names),
      !found.apart && found.agree && section(this.#agreed(found), this.#pairs(found, names)),
      found.largest.length > 0 && this.#largestView(found, names),
      where,
    ].filter((part): part is HTMLElement => part instanceof HTMLElement);
    this.root.replaceChildren(...parts);
    const heading = this.root.querySelector("h3");
    if (!heading) return;
    heading.tabIndex = -1;
    if (hadFocus) heading.focus({ preventScroll: true });
    this.given.say(heading.textContent ?? "");
  }

  #agreed({ agree }: Differences): string {
    const { same, known } = agree!;
    return same === known ? t.many.two.agreeAll : t.many.two.agree(percent(same / known));
  }

  #apartView(found: Differences, names: readonly [string, string]): HTMLElement {
    const { rows, mean, meanSize, most, edges, counts } = found.apart!;
    const size = this.#size(meanSize);
    const finding = found.agree ? t.many.two.agreeApart(this.#agreed(found), size) : t.many.two.apart(size);
    const lead = t.many.two.apartLead(names[1], this.#size(Math.abs(mean)), mean > 0, this.#size(most), count(rows));
    const only = [found.onlyFirst, found.onlySecond].map((n, i) => (n ? t.many.two.only(count(n), names[i]!) : ""));
    return section(
      found.apart!.edges.length ? finding : t.many.two.same,
      h("p", { class: "sub" }, [lead, ...only].filter(Boolean).join(" ")),
      edges.length > 0 && this.#histogram(edges, counts, finding, names),
      this.#pairs(found, names),
    );
  }

  #histogram(edges: readonly number[], counts: readonly number[], finding: string, names: readonly [string, string]): HTMLElement {
    const shown = counts.slice(1, -1);
    const top = Math.max(...shown, 1);
    const [low, high] = [edges[0]!, edges.at(-1)!];
    const bars = shown.map((n, i) => {
      const [from, to] = [placed(edges[i]!, low, high), placed(edges[i + 1]!, low, high)];
      const gap = (to - from) * 0.06;
      return bar(from + gap, to - gap, n / top);
    });
    const x = [low, low / 2, 0, high / 2, high].map((at) => ({ at: placed(at, low, high), text: this.#signed(at) }));
    const axes = { x, y: [{ at: 1, text: format.compact(top) }, { at: 0, text: "0" }] };
    const rows = shown.flatMap((n, i) => (n ? [[t.many.spread.between(this.#signed(edges[i]!), this.#signed(edges[i + 1]!)), count(n)]] : []));
    return h(
      "div",
      {},
      h("p", { class: "axis" }, t.many.two.apartAxis(names[1], names[0])),
      plot(t.many.two.label(finding), axes, bars),
      chartTable([t.many.two.difference, t.many.spread.cases], rows),
    );
  }

  #pairs({ agree }: Differences, names: readonly [string, string]): HTMLElement | null {
    if (!agree?.pairs.length) return null;
    const rows = agree.pairs.map(({ first, second, rows: n }) => [`${first} → ${second}`, count(n), percent(n / agree.known)]);
    return table([t.many.two.pair(...names), t.many.spread.cases, t.many.spread.share], rows, "plain");
  }

  #largestView({ largest }: Differences, names: readonly [string, string]): HTMLElement {
    const [worst] = largest;
    const value = (x: number) => scored(this.#subject, x);
    const rows = largest.map(({ row, first, second }) => {
      const look = button(t.many.two.look, "quiet", () => void this.#look(row));
      look.setAttribute("aria-label", t.many.two.lookAt(count(row + 1)));
      return [count(row + 1), value(first), value(second), this.#signed(second - first), look];
    });
    return section(
      t.many.two.largest(count(worst!.row + 1), names[0], value(worst!.first), names[1], value(worst!.second)),
      h("p", { class: "sub" }, t.many.two.largestLead),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": t.many.two.largestCaption },
        table([t.many.two.row, ...names, t.many.two.difference, t.many.two.why], rows, "plain"),
      ),
    );
  }

  /** Brings a row of the file into the form, where the two are held against each other, field by field. */
  async #look(row: number): Promise<void> {
    const { session, run } = this.given;
    const cells = await run.batch.ask("row", row);
    const values = new Map<string, CaseValue>();
    // A field of either model: the other one may ask for more.
    const sides = [[this.#rival!, this.#other!.run], [session, run]] as const;
    for (const [of, { match, decimalCommas }] of sides)
      for (const field of of.case.fields) {
        const column = match.columns.get(field.name);
        if (column === undefined) continue;
        const cell = cells[column] ?? "";
        values.set(field.name, readValue(field, decimalCommas && holdsNumbers(field) ? withoutComma(cell) : cell));
      }
    session.case.load({ name: "", values }, t.many.two.took(count(row + 1)));
    go({ view: "compare" });
  }

  #showSlices(where: HTMLElement, slices: readonly SliceApart[], first: Run, names: readonly [string, string]): void {
    const { header } = first.look;
    const columns = header.map((name, number) => ({ name, number }));
    const isNumber = slices.some((s) => Number.isFinite(s.apart));
    const hasWords = slices.some((s) => Number.isFinite(s.agree));
    const value = (x: number) => (Number.isFinite(x) ? scored(this.#subject, x) : "–");
    const nameOf = (s: SliceApart) => (s.others ? t.many.slices.others(s.others) : (s.name ?? t.many.slices.notGiven));
    const heads = [
      t.many.slices.group,
      t.many.slices.cases,
      ...(isNumber ? [...names, t.many.two.difference] : []),
      ...(hasWords ? [t.many.two.agreement] : []),
    ];
    const rows = slices.map((s) => [
      nameOf(s),
      count(s.rows),
      ...(isNumber ? [value(s.first), value(s.second), Number.isFinite(s.apart) ? this.#signed(s.apart) : "–"] : []),
      ...(hasWords ? [Number.isFinite(s.agree) ? percent(s.agree) : "–"] : []),
    ]);
    const column = columns.find((c) => c.number === this.#slice)?.name ?? "";
    const picker = choice(t.many.slices.by, header, this.#slice!, async (i) => {
      this.#slice = i;
      const again = await first.batch.ask("slicesApart", i);
      if (this.#slice !== i) return;
      this.#showSlices(where, again, first, names);
      where.querySelector("select")?.focus();
    });
    where.replaceChildren(
      section(
        this.#findingOf(slices, column, nameOf, names[1]),
        h("div", { class: "row" }, picker),
        h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t.many.two.slices(column) }, table(heads, rows, "plain")),
      ),
    );
  }

  #findingOf(slices: readonly SliceApart[], column: string, nameOf: (s: SliceApart) => string, other: string): string {
    const weighty = slices.filter((s) => !s.others && s.name !== null && s.rows >= least);
    const named = (s: SliceApart) => t.many.slices.named(column, nameOf(s));
    const numbers = weighty.filter((s) => Number.isFinite(s.apart));
    if (numbers.length > 1) {
      const by = [...numbers].sort((a, b) => a.apart - b.apart);
      const [lowest, highest] = [by[0]!, by.at(-1)!];
      // Of several groups some are always farthest apart: more than chance is asked for, at 99 %.
      if (!(highest.apart - lowest.apart > 2.576 * Math.hypot(highest.error, lowest.error))) return t.many.two.even(column);
      const most = Math.abs(highest.apart) > Math.abs(lowest.apart) ? highest : lowest;
      return t.many.two.most(named(most), other, this.#size(Math.abs(most.apart)), most.apart > 0);
    }
    const words = weighty.filter((s) => Number.isFinite(s.agree)).sort((a, b) => a.agree - b.agree);
    return words.length > 1 ? t.many.two.leastAgreed(named(words[0]!), percent(words[0]!.agree)) : t.many.two.slices(column);
  }

  /** A difference, without and with its sign. */
  #size(x: number): string {
    return this.#subject.kind === "chance" ? t.answer.points(format.pointsFigure(x)) : format.brief(x, 3);
  }

  #signed(x: number): string {
    const text = this.#subject.kind === "chance" ? format.fixed(x * 100, 1) : format.brief(x, 3);
    return x > 0 ? `+${text}` : text;
  }
}

const least = 30; // cases from which on a group's figure is worth a headline
