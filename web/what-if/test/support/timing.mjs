// How long the page takes, measured in it. A busy machine stretches the tail of every list, and where two threads wait
// for one processor more than the tail: so the figures are told, and what must hold is asked of several rounds' best.
import { settled } from "./page.mjs";

export const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))];
export const told = (list) => `p10 ${at(list, 0.1).toFixed(2)}, p50 ${at(list, 0.5).toFixed(2)}, p95 ${at(list, 0.95).toFixed(2)} ms`;

/** Has the page keep when its first prediction was painted: `firstPrediction`, in milliseconds. */
export const watchFirst = (page) =>
  page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".fig strong")?.textContent) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (globalThis.firstPrediction = performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });

/** Gives the page `move(i)`: moves the first slider, or changes the first other control, and so another value for each `i`. */
export const movable = (page) =>
  page.evaluate(() => {
    const slider = document.querySelector(".form input[type=range]");
    const box = document.querySelector(".form .field input.box");
    const select = document.querySelector(".form .field select");
    const radios = [...(document.querySelector(".form .field fieldset, .form .field .seg")?.querySelectorAll("input[type=radio]") ?? [])];
    const nth = (list, i) => ((i % list.length) + list.length) % list.length;
    globalThis.move = (i) => {
      if (slider) {
        slider.value = String((((i * 37) % 200) + 200) % 200 / 200);
        return slider.dispatchEvent(new Event("input"));
      }
      if (radios.length > 1) {
        const radio = radios[nth(radios, i)];
        radio.checked = true;
        return radio.dispatchEvent(new Event("change", { bubbles: true }));
      }
      if (select) {
        select.selectedIndex = nth(select.options, i);
        return select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      box.value = box.inputMode === "decimal" ? String(1 + (Math.abs(i) % 24)) : `${"angry and a ".repeat(Math.abs(i) % 9)}account`;
      return box.dispatchEvent(new Event("input", { bubbles: true }));
    };
  });

/** Makes the page a slider and a number, and nothing else: what a change costs at least, in this browser on this machine. */
export async function bare(page) {
  await page.setContent('<div class="form"><input type="range" min="0" max="1" step="any"></div><p class="answer">0</p>');
  await page.evaluate(() => {
    const [slider, answer] = ["input", ".answer"].map((of) => document.querySelector(of));
    slider.addEventListener("input", () => (answer.firstChild.data = slider.value));
  });
}

/** Keeps every question that the page puts to an engine, from before its first: its `call`, `ms` until the answer, what it `gives`. */
export const overheard = (page) =>
  page.addInitScript(() => {
    globalThis.asked = [];
    const Plain = globalThis.Worker;
    globalThis.Worker = class extends Plain {
      #open = new Map();
      constructor(...of) {
        super(...of);
        this.addEventListener("message", ({ data: { id, gives } }) => {
          const question = this.#open.get(id);
          if (question && gives) globalThis.asked.push({ call: question.call, ms: performance.now() - question.at, gives });
        });
      }
      postMessage(message, ...more) {
        if (message?.call) this.#open.set(message.id, { call: message.call, at: performance.now() });
        super.postMessage(message, ...more);
      }
    };
  });

/** Waits until the page answers on its own thread, without its worker. */
export async function near(page) {
  await movable(page);
  for (let i = 1, before = -1; ; i++) {
    await page.evaluate((n) => globalThis.move(n), i);
    await settled(page);
    const asked = await page.evaluate(() => globalThis.asked.filter(({ call }) => call === "score").length);
    if (asked === before) return;
    before = asked;
    await page.waitForTimeout(100);
  }
}

/**
 * Changes a value `rounds` times, each at the beginning of a frame, as browsers hand on input, with `pause` milliseconds
 * between a change and the next. `script`: what the page does with the event; `paint`: from the event until the page has
 * computed the styles of, laid out, painted and handed over that frame. (What a display then waits for, and the compositor's
 * own threads, are not the page's.) `shown`: the figure and its mark in that frame; `stale`: how often these were others
 * than once everything was about the change, so that the frame did not show its prediction.
 */
export const changes = async (page, { rounds, warmUp = 30, pause = 0 }) => {
  await movable(page);
  return page.evaluate(
    async ([n, warm, wait]) => {
      const answer = document.querySelector(".answer");
      const [figure, mark] = [".fig strong", ".track .me"].map((of) => document.querySelector(of));
      const looked = () => `${(figure ?? answer).textContent} ${mark?.style.backgroundPositionX ?? ""}`;
      const times = { script: [], paint: [], shown: [], stale: 0 };
      const frame = () => new Promise(requestAnimationFrame);
      // A frame is painted and handed over right after its callbacks, so the next message comes behind that.
      const { port1, port2 } = new MessageChannel();
      const behind = () => new Promise((resolve) => ((port1.onmessage = resolve), port2.postMessage(null)));
      for (let i = -warm; i < n; i++) {
        await frame();
        const begin = performance.now();
        globalThis.move(i);
        const script = performance.now() - begin;
        const shown = looked();
        await behind();
        const paint = performance.now() - begin;
        await frame();
        await behind();
        while (answer.getAttribute("aria-busy") === "true") await frame();
        if (i >= 0) {
          times.script.push(script);
          times.paint.push(paint);
          times.shown.push(shown);
          if (looked() !== shown) times.stale++;
        }
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      }
      return times;
    },
    [rounds, warmUp, pause],
  );
};
