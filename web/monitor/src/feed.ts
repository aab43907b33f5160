// What is shown is asked for again and again. An answer that has not changed is told nobody; one that fails leaves the last one.
import { asked } from "../../what-if/src/address.ts";

/** Why there is no newer answer. */
export type Trouble = "unreachable" | "locked" | "failed" | "unknown";

/** What is asked for; `mayLack`: if there is none, that is an answer, too, and it is null. */
export interface Wanted {
  path: string;
  mayLack?: true;
}

export interface Health {
  trouble: Trouble | null;
  /** When the last answer came. */
  at: Date | null;
  /** What the server said of it. */
  reason: string;
}

const usual = 10; // seconds

export class Feed {
  health: Health = { trouble: null, at: null, reason: "" };
  #paths: readonly Wanted[] = [];
  readonly #texts = new Map<string, string>();
  readonly #answers = new Map<string, unknown>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  /** Some answer has changed since the last were told, also in a round that another one has overtaken. */
  #isNew = false;
  readonly #every = Math.max(0.1, Number(asked("refresh")) || usual) * 1000;

  /** `told`: all of what is wanted is there, and some of it is new. `felt`: the state of the connection may have changed. */
  constructor(
    private readonly told: (answers: unknown[]) => void,
    private readonly felt: (health: Health) => void,
  ) {
    document.addEventListener("visibilitychange", () => document.hidden || this.again());
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.#feel("unreachable"));
  }

  /** From now on these are wanted. Answers from earlier are told at once. */
  want(paths: readonly Wanted[]): void {
    this.#paths = paths;
    if (this.#isComplete) this.#tell();
    this.again();
  }

  /** Asks now. */
  again(): void {
    clearTimeout(this.#timer);
    void this.#ask(++this.#round);
  }

  /** Has something done, and asks anew. */
  async post(path: string, content: unknown, method = "POST"): Promise<string | null> {
    const response = await fetch(path, {
      method,
      headers: this.#headers("application/json"),
      body: JSON.stringify(content),
    }).catch(() => null);
    const reason = response?.ok ? null : response ? await reasonOf(response) : "";
    this.again();
    return reason;
  }

  get #isComplete(): boolean {
    return this.#paths.every(({ path }) => this.#answers.has(path));
  }

  #tell(): void {
    this.#isNew = false;
    this.told(this.#paths.map(({ path }) => this.#answers.get(path)));
  }

  async #ask(round: number): Promise<void> {
    const paths = this.#paths;
    const trouble = await Promise.all(paths.map((wanted) => this.#get(wanted))).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (round !== this.#round) return;
    if (trouble) {
      this.#fail(trouble.error);
    } else {
      if (this.#isNew) this.#tell();
      if (round !== this.#round) return; // what was told has raised another question
      this.#feel(null);
    }
    // A page that nobody looks at asks nothing.
    this.#timer = setTimeout(() => document.hidden || this.again(), this.#every);
  }

  /** The browser's cache asks for changes only, where the server tells them. */
  async #get({ path, mayLack }: Wanted): Promise<void> {
    const response = await fetch(path, { cache: "no-cache", headers: this.#headers() });
    if (response.status === 404 && mayLack) return this.#keep(path, "null");
    if (!response.ok) throw new Refusal(response.status, await reasonOf(response));
    this.#keep(path, await response.text());
  }

  #keep(path: string, text: string): void {
    if (this.#texts.get(path) === text) return;
    this.#answers.set(path, JSON.parse(text));
    this.#texts.set(path, text);
    this.#isNew = true;
  }

  #fail(error: unknown): void {
    if (!(error instanceof Refusal)) return this.#feel(error instanceof SyntaxError ? "failed" : "unreachable");
    const kinds: Record<number, Trouble> = { 401: "locked", 403: "locked", 404: "unknown" };
    this.#feel(kinds[error.status] ?? "failed", error.message);
  }

  #feel(trouble: Trouble | null, reason = ""): void {
    this.health = { trouble, reason, at: trouble ? this.health.at : new Date() };
    this.felt(this.health);
  }

  #headers(type?: string): Record<string, string> {
    const token = tokenKept();
    return { ...(type ? { "content-type": type } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) };
  }
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    return String(JSON.parse(text).message ?? "");
  } catch {
    return "";
  }
}

const key = "scorelet.monitor.token";

const tokenKept = (): string | null => {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
};

/** Until the browser's tab is closed. */
export function keepToken(token: string): void {
  sessionStorage.setItem(key, token);
}
