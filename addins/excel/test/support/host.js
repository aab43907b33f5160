// A stand-in for Excel, loaded in place of Office's own script. It knows what the add-in uses, and no more; README.md
// beside it says what it does not model. `__host` is how tests play the user and look at the workbook.
(() => {
  const LIMIT = 5 * 1024 * 1024; // of a message, as in Excel on the web
  const ROW = 16384;
  const host = { latency: 1, batch: 1000, log: { syncs: 0, calls: 0, largest: 0, blocked: 0 }, functions: {}, sets: null };
  globalThis.__host = host;
  class OfficeError extends Error {
    constructor(code, message = code) {
      super(message);
      this.code = code;
    }
  }

  // --- the workbook
  const column = (text) => [...text].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
  const letters = (c) => {
    let text = "";
    for (let n = c + 1; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
    return text;
  };
  class Sheet {
    cells = new Map();
    formulas = new Map();
    styles = new Map();
    formats = new Map();
    validations = new Map();
    charts = [];
    constructor(name) {
      this.name = name;
      this.id = `{${name}}`;
    }
    get(r, c) {
      return this.cells.get(r * ROW + c) ?? "";
    }
    set(r, c, value) {
      const key = r * ROW + c;
      if (value === "" || value === null) this.cells.delete(key);
      else this.cells.set(key, value);
    }
  }
  const book = { sheets: [new Sheet("Sheet1")], active: null, parts: new Map(), bindings: new Map(), settings: new Map(), is1904: false, selection: null };
  book.active = book.sheets[0];
  host.book = book;
  const sheetNamed = (name) => {
    const found = book.sheets.find((s) => s.name === name || s.id === name);
    if (!found) throw new OfficeError("ItemNotFound");
    return found;
  };
  const parse = (sheet, address) => {
    const plain = address.replaceAll("$", "").replace(/^.*!/, "");
    const m = /^([A-Z]+)(\d*)(?::([A-Z]+)(\d*))?$/.exec(plain);
    if (!m) throw new OfficeError("InvalidArgument", address);
    const [c1, r1] = [column(m[1]), m[2] ? Number(m[2]) - 1 : 0];
    return { sheet, r1, c1, r2: m[3] ? (m[4] ? Number(m[4]) - 1 : 1048575) : r1, c2: m[3] ? column(m[3]) : c1 };
  };
  const addressOf = ({ sheet, r1, c1, r2, c2 }) => `${sheet.name}!${letters(c1)}${r1 + 1}${r1 === r2 && c1 === c2 ? "" : `:${letters(c2)}${r2 + 1}`}`;
  const valuesIn = ({ sheet, r1, c1, r2, c2 }) => {
    const rows = [];
    for (let r = r1; r <= r2; r++) {
      const row = [];
      for (let c = c1; c <= c2; c++) row.push(shown(sheet.get(r, c)));
      rows.push(row);
    }
    return rows;
  };
  const formulasIn = ({ sheet, r1, c1, r2, c2 }) =>
    Array.from({ length: r2 - r1 + 1 }, (_, i) => Array.from({ length: c2 - c1 + 1 }, (_, j) => sheet.formulas.get((r1 + i) * ROW + c1 + j)?.text ?? shown(sheet.get(r1 + i, c1 + j))));
  const shown = (value) => (value instanceof CFError ? value.code : value);
  const isBlank = ({ sheet, r1, c1, r2, c2 }) => {
    for (let r = r1; r <= r2; r++) for (let c = c1; c <= c2; c++) if (sheet.get(r, c) !== "") return false;
    return true;
  };
  const usedIn = ({ sheet, r1, c1, r2, c2 }) => {
    const box = { sheet, r1: Infinity, c1: Infinity, r2: -1, c2: -1 };
    for (const key of sheet.cells.keys()) {
      const [r, c] = [Math.floor(key / ROW), key % ROW];
      if (r < r1 || r > r2 || c < c1 || c > c2) continue;
      Object.assign(box, { r1: Math.min(box.r1, r), c1: Math.min(box.c1, c), r2: Math.max(box.r2, r), c2: Math.max(box.c2, c) });
    }
    return box.r2 < 0 ? null : box;
  };
  const regionAround = ({ sheet, r1, c1, r2, c2 }) => {
    for (let grown = true; grown; ) {
      grown = false;
      const side = (b) => b.r1 >= 0 && b.c1 >= 0 && !isBlank({ sheet, ...b });
      if (side({ r1: r1 - 1, r2: r1 - 1, c1: Math.max(0, c1 - 1), c2: c2 + 1 })) (r1--, (grown = true));
      if (side({ r1: r2 + 1, r2: r2 + 1, c1: Math.max(0, c1 - 1), c2: c2 + 1 })) (r2++, (grown = true));
      if (side({ r1: Math.max(0, r1 - 1), r2: r2 + 1, c1: c1 - 1, c2: c1 - 1 })) (c1--, (grown = true));
      if (side({ r1: Math.max(0, r1 - 1), r2: r2 + 1, c1: c2 + 1, c2: c2 + 1 })) (c2++, (grown = true));
    }
    return { sheet, r1, c1, r2, c2 };
  };

  // --- events
  const listeners = { changed: [], selected: [] };
  const registry = (list) => ({ add: (f) => (list.push(f), { remove: () => list.splice(list.indexOf(f), 1) }) });
  const fire = async (list, event) => {
    for (const f of [...list]) await f(event);
  };
  const changed = (box, source = "Local") => {
    recalculate(box);
    if (host.eventsOff) return;
    setTimeout(() => fire(listeners.changed, { worksheetId: box.sheet.id, address: addressOf(box).replace(/^.*!/, ""), changeType: "RangeEdited", source, triggerSource: "Unknown" }), 0);
  };

  // --- formulas: calls, texts, numbers, ranges of the same sheet, one comparison
  const tokens = (text) => text.match(/"(?:[^"]|"")*"|[A-Z][A-Z0-9_.]*\(|\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?|-?\d+(?:\.\d+)?|TRUE|FALSE|[(),=]/g) ?? [];
  /** What has no call of the add-in is Excel's own business, or that of the calculator which a test may bring. */
  const syntax = (text) => (/SCORELET\.|^IF\(B\d+="",/.test(text) ? ours(text) : { native: text });
  const ours = (text) => {
    const list = tokens(text);
    const operand = () => {
      const token = list.shift();
      if (token.startsWith('"')) return { text: token.slice(1, -1).replaceAll('""', '"') };
      if (/^[A-Z][A-Z0-9_.]*\($/.test(token)) {
        const args = [];
        while (list[0] !== ")") {
          if (list[0] === ",") (list.shift(), list[0] === "," || list[0] === ")" ? args.push({ none: true }) : 0);
          else args.push(expression());
        }
        list.shift();
        return { name: token.slice(0, -1), args };
      }
      if (token === "TRUE" || token === "FALSE") return { value: token === "TRUE" };
      return /^-?\d/.test(token) ? { value: Number(token) } : { range: token };
    };
    const expression = () => {
      const left = operand();
      if (list[0] !== "=") return left;
      list.shift();
      return { equal: [left, operand()] };
    };
    return expression();
  };
  const ranges = (node, found = []) => {
    if (node.range) found.push(node.range);
    for (const child of node.args ?? node.equal ?? []) ranges(child, found);
    return found;
  };
  const scalar = (value) => (Array.isArray(value) ? value[0][0] : value);
  const evaluate = async (sheet, node) => {
    if ("text" in node) return node.text;
    if ("value" in node) return node.value;
    if (node.none) return null;
    if (node.range) return valuesOf(parse(sheet, node.range));
    if (node.equal) {
      const [a, b] = [scalar(await evaluate(sheet, node.equal[0])), scalar(await evaluate(sheet, node.equal[1]))];
      return a === b;
    }
    if (node.name === "IF") return scalar(await evaluate(sheet, node.args[0])) === true ? evaluate(sheet, node.args[1]) : evaluate(sheet, node.args[2]);
    const args = [];
    for (const arg of node.args) args.push(await evaluate(sheet, arg));
    if (node.name === "INDEX") return Array.isArray(args[0]) ? args[0][args[1] - 1][args[2] - 1] : args[0];
    if (node.name.startsWith("SCORELET.")) return host.call(node.name.slice(9), ...args);
    return new CFError("#NAME?", "");
  };
  /** As functions get them: a blank cell is an empty text, an error an object. */
  const valuesOf = ({ sheet, r1, c1, r2, c2 }) => {
    const rows = [];
    for (let r = r1; r <= r2; r++) {
      const row = [];
      for (let c = c1; c <= c2; c++) row.push(sheet.get(r, c));
      rows.push(row);
    }
    return rows;
  };
  const intersects = (a, b) => a.sheet === b.sheet && a.r1 <= b.r2 && b.r1 <= a.r2 && a.c1 <= b.c2 && b.c1 <= a.c2;
  let calculating = 0;
  const calculate = async (sheet, key, formula) => {
    const [r, c] = [Math.floor(key / ROW), key % ROW];
    calculating++;
    const turn = (formula.turn = (formula.turn ?? 0) + 1);
    try {
      const answer = await evaluate(sheet, formula.node).catch((e) => (e instanceof CFError ? e : new CFError("#VALUE!", String(e))));
      if (formula.turn !== turn || sheet.formulas.get(key) !== formula) return;
      const rows = Array.isArray(answer) ? answer : [[answer]];
      const old = formula.spill;
      if (old) for (let i = old.r1; i <= old.r2; i++) for (let j = old.c1; j <= old.c2; j++) sheet.set(i, j, "");
      const box = { sheet, r1: r, c1: c, r2: r + rows.length - 1, c2: c + (rows[0]?.length ?? 1) - 1 };
      formula.spill = box;
      for (const [i, row] of rows.entries()) for (const [j, value] of row.entries()) sheet.set(r + i, c + j, value);
      recalculate(box, formula);
    } finally {
      calculating--;
    }
  };
  const natives = () => book.sheets.flatMap((sheet) => [...sheet.formulas].filter(([, { node }]) => node.native).map(([key, formula]) => ({ sheet, key, formula })));
  let isStale = false;
  /** All of them at once, by `globalThis.__native`; an Excel without it knows none of their functions. */
  const calculateNatives = async () => {
    isStale = false;
    const wanted = natives();
    if (!wanted.length) return;
    calculating++;
    try {
      const at = (key) => [Math.floor(key / ROW), key % ROW];
      const cells = book.sheets.flatMap((sheet) => [...sheet.cells].filter(([key, value]) => !sheet.formulas.get(key)?.node.native && !(value instanceof CFError)).map(([key, value]) => [sheet.name, ...at(key), value]));
      const formulas = wanted.map(({ sheet, key, formula }) => [sheet.name, ...at(key), formula.text]);
      const values = globalThis.__native ? await globalThis.__native({ sheets: book.sheets.map((s) => s.name), cells, formulas }) : wanted.map(() => ({ error: "#NAME?" }));
      for (const [i, { sheet, key }] of wanted.entries()) sheet.set(...at(key), values[i]?.error ? new CFError(values[i].error, "") : values[i]);
    } finally {
      calculating--;
    }
  };
  const recalculate = (box, but = null) => {
    if (natives().length && !isStale) {
      isStale = true;
      setTimeout(() => isStale && void calculateNatives(), 0);
    }
    for (const sheet of book.sheets)
      for (const [key, formula] of sheet.formulas)
        if (!formula.node.native && formula !== but && formula.ranges.some((range) => intersects(parse(sheet, range), box))) void calculate(sheet, key, formula);
  };
  /** As if typed: a text behind an apostrophe stays text, one behind "=" is a formula. */
  const enter = (box, rows) => {
    const { sheet } = box;
    for (let r = box.r1; r <= box.r2; r++)
      for (let c = box.c1; c <= box.c2; c++) {
        const written = rows[r - box.r1][c - box.c1];
        const isText = typeof written === "string" && written.startsWith("'");
        const value = isText ? written.slice(1) : written;
        const key = r * ROW + c;
        const old = sheet.formulas.get(key);
        if (old?.spill) for (let i = old.spill.r1; i <= old.spill.r2; i++) for (let j = old.spill.c1; j <= old.spill.c2; j++) sheet.set(i, j, "");
        sheet.formulas.delete(key);
        if (!isText && typeof value === "string" && value.startsWith("=")) {
          const node = syntax(value.slice(1));
          const formula = { text: value, node, ranges: node.native ? [] : ranges(node) };
          sheet.formulas.set(key, formula);
          sheet.set(r, c, new CFError("#BUSY!", ""));
          if (!node.native) setTimeout(() => void calculate(sheet, key, formula), 0);
        } else sheet.set(r, c, value);
      }
    changed(box);
  };
  host.settled = async () => {
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((r) => setTimeout(r, 20));
      quiet = calculating ? 0 : quiet + 1;
    }
  };

  // --- proxies: nothing is known before it is loaded and synchronised
  class Proxied {
    constructor(context) {
      Object.defineProperty(this, "context", { value: context });
      Object.defineProperty(this, "loaded", { value: {}, writable: true });
    }
    read(name) {
      if (!(name in this.loaded)) throw new OfficeError("PropertyNotLoaded", `The property '${name}' is not available.`);
      return this.loaded[name];
    }
    load() {
      this.context.queue(60, () => {
        this.loaded = this.state();
        this.context.back += sizeOf(this.loaded);
      });
      return this;
    }
    untrack() {}
  }
  const sizeOf = (value) => JSON.stringify(value, (_, v) => (v instanceof Sheet ? undefined : v))?.length ?? 0;
  const later = (context, bytes, work) => context.queue(bytes, work);

  class Range extends Proxied {
    constructor(context, box) {
      super(context);
      Object.defineProperty(this, "box", { value: box });
      this.format = this.#format();
      this.dataValidation = this.#validation();
    }
    state() {
      const box = this.box();
      if (!box) return { isNullObject: true };
      const whole = box.r2 - box.r1 >= 1048575;
      return {
        isNullObject: false, address: addressOf(box), rowIndex: box.r1, columnIndex: box.c1, rowCount: box.r2 - box.r1 + 1, columnCount: box.c2 - box.c1 + 1,
        ...(!whole && this.wants.includes("values") && { values: valuesIn(box) }),
        ...(!whole && this.wants.includes("formulas") && { formulas: formulasIn(box) }),
      };
    }
    load(what = "") {
      this.wants = String(what);
      return super.load();
    }
    get worksheet() {
      return (this.sheetProxy ??= new Worksheet(this.context, () => this.box().sheet));
    }
    get values() {
      return this.read("values");
    }
    set values(rows) {
      this.#write(rows);
    }
    get formulas() {
      return this.read("formulas");
    }
    set formulas(rows) {
      this.#write(rows);
    }
    set numberFormat(rows) {
      later(this.context, sizeOf(rows), () => this.box().sheet.formats.set(addressOf(this.box()).replace(/^.*!/, ""), rows[0][0]));
    }
    #write(rows) {
      later(this.context, sizeOf(rows), () => {
        const box = this.box();
        if (rows.length !== box.r2 - box.r1 + 1 || rows.some((row) => row.length !== box.c2 - box.c1 + 1)) throw new OfficeError("InvalidArgument", "The array is not of the range's size.");
        enter(box, rows);
      });
    }
    #format() {
      const style = (name) => ({ configurable: true, set: (value) => later(this.context, 40, () => {
        const box = this.box();
        for (let r = box.r1; r <= box.r2; r++) for (let c = box.c1; c <= box.c2; c++) box.sheet.styles.set(r * ROW + c, { ...box.sheet.styles.get(r * ROW + c), [name]: value });
      }) });
      const font = Object.defineProperties({}, { bold: style("bold"), size: style("size"), color: style("fontColor") });
      return { font, fill: Object.defineProperties({}, { color: style("fill") }), autofitColumns: () => later(this.context, 20, () => {}) };
    }
    #validation() {
      const set = (name) => ({ set: (value) => later(this.context, 200, () => {
        const box = this.box();
        if (name === "rule" && value.list && value.list.source.length > 255) throw new OfficeError("InvalidArgument", "The list is too long.");
        const key = box.r1 * ROW + box.c1;
        box.sheet.validations.set(key, { ...box.sheet.validations.get(key), [name]: value });
      }) });
      return Object.defineProperties({}, { rule: set("rule"), errorAlert: set("errorAlert"), ignoreBlanks: set("ignoreBlanks") });
    }
    getCell(r, c) {
      return new Range(this.context, () => {
        const box = this.box();
        return { sheet: box.sheet, r1: box.r1 + r, c1: box.c1 + c, r2: box.r1 + r, c2: box.c1 + c };
      });
    }
    getSurroundingRegion() {
      return new Range(this.context, () => regionAround(this.box()));
    }
    getUsedRangeOrNullObject() {
      return new Range(this.context, () => usedIn(this.box()));
    }
    getSpecialCellsOrNullObject(kind) {
      if (kind !== "Formulas") throw new OfficeError("InvalidArgument", kind);
      return new Areas(this.context, () => this.box());
    }
    select() {
      later(this.context, 20, () => host.selectBox(this.box()));
    }
  }
  for (const name of ["address", "rowIndex", "columnIndex", "rowCount", "columnCount", "isNullObject"])
    Object.defineProperty(Range.prototype, name, { get() { return this.read(name); } });

  /** Cells with formulas, those beneath each other as one area. */
  class Areas extends Proxied {
    constructor(context, box) {
      super(context);
      Object.defineProperty(this, "box", { value: box });
    }
    state() {
      const { sheet } = this.box();
      const keys = [...sheet.formulas.keys()].sort((a, b) => (a % ROW) - (b % ROW) || a - b);
      const items = [];
      for (const key of keys) {
        const [rowIndex, columnIndex] = [Math.floor(key / ROW), key % ROW];
        const last = items.at(-1);
        if (last && last.columnIndex === columnIndex && last.rowIndex + last.rowCount === rowIndex) last.rowCount++;
        else items.push({ rowIndex, columnIndex, rowCount: 1, columnCount: 1 });
      }
      return { isNullObject: items.length === 0, areas: { items } };
    }
    get isNullObject() {
      return this.read("isNullObject");
    }
    get areas() {
      return this.read("areas");
    }
  }

  class Worksheet extends Proxied {
    constructor(context, sheet) {
      super(context);
      Object.defineProperty(this, "sheet", { value: sheet });
      this.charts = { add: (type, range) => this.#chart(type, range) };
    }
    state() {
      const { name, id } = this.sheet();
      return { name, id };
    }
    get name() {
      return this.read("name");
    }
    get id() {
      return this.read("id");
    }
    getRange(address) {
      return new Range(this.context, () => parse(this.sheet(), address ?? "A1:XFD1048576"));
    }
    getUsedRangeOrNullObject() {
      return this.getRange().getUsedRangeOrNullObject();
    }
    activate() {
      later(this.context, 20, () => (book.active = this.sheet()));
    }
    #chart(type, range) {
      const chart = { type };
      later(this.context, 200, () => {
        chart.data = addressOf(range.box());
        this.sheet().charts.push(chart);
      });
      return {
        title: Object.defineProperty({}, "text", { set: (text) => later(this.context, 40, () => (chart.title = text)) }),
        legend: Object.defineProperty({}, "visible", { set: (v) => later(this.context, 40, () => (chart.legend = v)) }),
        series: { getItemAt: () => ({ setXAxisValues: (r) => later(this.context, 40, () => (chart.labels = addressOf(r.box()))) }) },
        axes: { categoryAxis: Object.defineProperty({}, "reversePlotOrder", { set: (v) => later(this.context, 40, () => (chart.reversed = v)) }) },
        setPosition: (from, to) => later(this.context, 40, () => (chart.place = `${from}:${to}`)),
      };
    }
  }

  class Binding extends Proxied {
    constructor(context, id) {
      super(context);
      Object.defineProperty(this, "id", { value: id });
    }
    state() {
      return { isNullObject: !book.bindings.has(this.id) };
    }
    get isNullObject() {
      return this.read("isNullObject");
    }
    getRange() {
      return new Range(this.context, () => {
        const box = book.bindings.get(this.id);
        if (!box) throw new OfficeError("InvalidBinding");
        return box;
      });
    }
    delete() {
      later(this.context, 20, () => book.bindings.delete(this.id));
    }
  }

  class Parts extends Proxied {
    state() {
      return { items: [...book.parts].filter(([, xml]) => xml.includes(`xmlns="${this.namespace}"`)).map(([id]) => ({ id, ...this.#part(id) })) };
    }
    constructor(context, namespace) {
      super(context);
      Object.defineProperty(this, "namespace", { value: namespace });
    }
    get items() {
      return this.read("items");
    }
    #part(id) {
      return { getXml: () => {
        const result = {};
        later(this.context, 40, () => {
          result.value = book.parts.get(id);
          this.context.back += result.value.length;
        });
        return result;
      } };
    }
    getByNamespace(namespace) {
      return new Parts(this.context, namespace);
    }
    getItem(id) {
      return { ...this.#part(id), delete: () => later(this.context, 20, () => book.parts.delete(id)) };
    }
    add(xml) {
      later(this.context, xml.length, () => book.parts.set(`{${crypto.randomUUID()}}`, xml));
    }
  }

  class Context {
    constructor() {
      const context = this;
      this.work = [];
      this.back = 0;
      const sheets = new (class extends Proxied {
        state() {
          return { items: book.sheets.map((s) => Object.assign(new Worksheet(context, () => s), { loaded: { name: s.name, id: s.id } })) };
        }
        get items() {
          return this.read("items");
        }
      })(this);
      Object.assign(sheets, {
        onChanged: registry(listeners.changed),
        getItem: (name) => new Worksheet(this, () => sheetNamed(name)),
        getActiveWorksheet: () => new Worksheet(this, () => book.active),
        add: (name) => {
          later(this, 40, () => book.sheets.push(new Sheet(name)));
          return new Worksheet(this, () => sheetNamed(name));
        },
      });
      const { Proxied: P } = { Proxied };
      const formats = new (class extends P {
        state() {
          return { numberDecimalSeparator: host.signs?.decimal ?? ".", numberGroupSeparator: host.signs?.group ?? "," };
        }
        get numberDecimalSeparator() {
          return this.read("numberDecimalSeparator");
        }
        get numberGroupSeparator() {
          return this.read("numberGroupSeparator");
        }
      })(this);
      this.application = { cultureInfo: { numberFormat: formats }, calculate: () => later(this, 20, () => {
        for (const sheet of book.sheets) for (const [key, formula] of sheet.formulas) if (!formula.node.native) void calculate(sheet, key, formula);
      }) };
      this.workbook = {
        worksheets: sheets,
        onSelectionChanged: registry(listeners.selected),
        getSelectedRange: () => new Range(this, () => book.selection ?? parse(book.active, "A1")),
        customXmlParts: new Parts(this, null),
        bindings: {
          getItemOrNullObject: (id) => new Binding(this, id),
          add: (range, _, id) => {
            later(this, 40, () => book.bindings.set(id, range.box()));
          },
        },
        functions: { date: () => {
          const result = { load: () => {} };
          later(context, 40, () => (result.value = book.is1904 ? 0 : 1462));
          return result;
        } },
      };
    }
    queue(bytes, run) {
      this.work.push({ bytes, run });
    }
    async sync() {
      const work = this.work;
      this.work = [];
      this.back = 0;
      host.log.syncs++;
      const bytes = work.reduce((sum, w) => sum + w.bytes, 0);
      host.log.largest = Math.max(host.log.largest, bytes);
      if (bytes > LIMIT) throw new OfficeError("RequestPayloadSizeLimitExceeded");
      await new Promise((resolve) => setTimeout(resolve, host.latency));
      for (const { run } of work) {
        if (isStale) await calculateNatives();
        run();
      }
      host.log.largest = Math.max(host.log.largest, this.back);
      if (this.back > LIMIT) throw new OfficeError("ResponsePayloadSizeLimitExceeded");
    }
  }

  // --- custom functions
  class CFError extends Error {
    constructor(code, message) {
      super(message);
      this.code = code;
    }
  }
  host.Error = CFError;
  globalThis.CustomFunctions = {
    Error: CFError,
    ErrorCode: { invalidValue: "#VALUE!", notAvailable: "#N/A", divisionByZero: "#DIV/0!", invalidNumber: "#NUM!", nullReference: "#NULL!", invalidName: "#NAME?", invalidReference: "#REF!" },
    associate: (id, f) => (typeof id === "object" ? Object.assign(host.functions, id) : (host.functions[id] = f)),
  };
  /** What is left out is null, and the last argument is Excel's own, where the function asks for it. */
  const invoke = (id, args, invocation) => {
    const known = host.metadata.functions.find((f) => f.id === id);
    if (!known) throw new CFError("#NAME?", id);
    const given = known.parameters.map((p, i) => {
      const arg = args[i];
      if (arg === undefined || arg === null) return p.optional ? undefined : arg;
      if (p.dimensionality === "matrix") return Array.isArray(arg) ? arg : [[arg]];
      return Array.isArray(arg) ? arg[0][0] : arg;
    });
    return host.functions[id](...given, ...(known.options?.cancelable ? [invocation] : []));
  };
  /** One call; an error is the answer, as in a cell. */
  host.call = async (id, ...args) => {
    host.log.calls++;
    await host.ready;
    try {
      return await invoke(id, args, {});
    } catch (error) {
      return error instanceof CFError ? error : new CFError("#VALUE!", String(error));
    }
  };
  /** A call that may be cancelled. */
  host.begin = (id, ...args) => {
    const invocation = {};
    const answer = Promise.resolve().then(() => invoke(id, args, invocation)).then((value) => ({ value }), (error) => ({ code: error.code, message: error.message }));
    return { answer, cancel: () => invocation.onCanceled?.() };
  };
  /** Many cells: calls arrive in batches, each in a turn of its own. */
  host.callMany = async (id, list) => {
    const answers = [];
    for (let begin = 0; begin < list.length; begin += host.batch) {
      for (const args of list.slice(begin, begin + host.batch)) answers.push(invoke(id, args, {}));
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(port1.close());
        port2.postMessage(0);
      });
    }
    return Promise.all(answers);
  };
  /** The longest time that the thread was held, by asking for a turn again and again. */
  host.watch = () => {
    let last = performance.now(), longest = 0, isOn = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (isOn) setTimeout(() => port2.postMessage(0), 0);
      else port1.close();
    };
    port2.postMessage(0);
    return () => {
      isOn = false;
      return Math.max(longest, performance.now() - last);
    };
  };

  // --- the user
  host.selectBox = (box) => {
    book.selection = box;
    book.active = box.sheet;
    setTimeout(() => fire(listeners.selected, {}), 0);
  };
  host.select = (address, sheet = book.active.name) => host.selectBox(parse(sheetNamed(sheet), address));
  host.type = (address, rows, sheet = book.active.name) => enter(parse(sheetNamed(sheet), address), rows);
  host.values = (address, sheet = book.active.name) => valuesIn(parse(sheetNamed(sheet), address));
  host.formula = (address, sheet = book.active.name) => {
    const { r1, c1 } = parse(sheetNamed(sheet), address);
    return sheetNamed(sheet).formulas.get(r1 * ROW + c1)?.text ?? null;
  };
  host.reason = (address, sheet = book.active.name) => {
    const { r1, c1 } = parse(sheetNamed(sheet), address);
    return sheetNamed(sheet).get(r1, c1)?.message ?? null;
  };
  /** A coauthor's edit. */
  host.remote = (address, rows, sheet = book.active.name) => {
    const box = parse(sheetNamed(sheet), address);
    for (let r = box.r1; r <= box.r2; r++) for (let c = box.c1; c <= box.c2; c++) box.sheet.set(r, c, rows[r - box.r1][c - box.c1]);
    changed(box, "Remote");
  };

  // --- Office
  const options = globalThis.__hostOptions ?? {};
  Object.assign(host, options);
  book.is1904 = options.is1904 === true;
  if (options.parts) for (const [id, xml] of options.parts) book.parts.set(id, xml);
  host.ready = fetch("./functions.json").then((r) => r.json()).then((metadata) => (host.metadata = metadata));
  globalThis.Office = {
    onReady: async () => {
      await host.ready;
      return options.outside ? { host: null, platform: null } : { host: "Excel", platform: "OfficeOnline" };
    },
    context: { displayLanguage: options.language ?? "en-GB", contentLanguage: "en-GB", requirements: { isSetSupported: (set, version) => !(options.lacks ?? []).includes(`${set} ${version}`) } },
    addin: { setStartupBehavior: async (behaviour) => (host.startup = behaviour) },
    StartupBehavior: { load: "Load", none: "None" },
  };
  globalThis.Excel = { createWorkbook: async (base64) => {
    if (base64.length > LIMIT) throw new OfficeError("RequestPayloadSizeLimitExceeded");
    host.opened = base64;
  }, run: async (work) => {
    const context = new Context();
    const answer = await work(context);
    await context.sync();
    return answer;
  } };
})();
