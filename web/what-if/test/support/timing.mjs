// How long the page takes, measured in it. A busy machine stretches the tail of every list, and where two threads wait
// for one processor more than the tail: so the figures are told, and what must hold is asked of several rounds' best.

export const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))];
export const told = (list) => `p10 ${at(list, 0.1).toFixed(2)}, p50 ${at(list, 0.5).toFixed(2)}, p95 ${at(list, 0.95).toFixed(2)} ms`;

/**
 * Moves the first slider, or changes the first other control, `rounds` times. `script`: what the page does with the event;
 * `whole`: until the new figure is in the page; `paint`: until the frame that shows it has been painted.
 */
export const changes = (page, { rounds, pause = 0, warmUp = 30 }) =>
  page.evaluate(
    async ([n, warm, wait]) => {
      const answer = document.querySelector(".answer");
      const times = { script: [], whole: [], paint: [] };
      const slider = document.querySelector(".form input[type=range]");
      const box = document.querySelector(".form .field input.box");
      const select = document.querySelector(".form .field select");
      const radios = [...(document.querySelector(".form .field fieldset, .form .field .seg")?.querySelectorAll("input[type=radio]") ?? [])];
      const change = (i) => {
        if (slider) {
          slider.value = String((((i * 37) % 200) + 200) % 200 / 200);
          return slider.dispatchEvent(new Event("input"));
        }
        if (radios.length > 1) {
          const radio = radios[((i % radios.length) + radios.length) % radios.length];
          radio.checked = true;
          return radio.dispatchEvent(new Event("change", { bubbles: true }));
        }
        if (select) {
          select.selectedIndex = ((i % select.options.length) + select.options.length) % select.options.length;
          return select.dispatchEvent(new Event("change", { bubbles: true }));
        }
        box.value = `good bad ${i}`;
        return box.dispatchEvent(new Event("input", { bubbles: true }));
      };
      const answered = () =>
        new Promise((resolve) => {
          if (answer.getAttribute("aria-busy") !== "true") return resolve();
          const observer = new MutationObserver(() => {
            if (answer.getAttribute("aria-busy") === "true") return;
            observer.disconnect();
            resolve();
          });
          observer.observe(answer, { attributeFilter: ["aria-busy"] });
        });
      // A frame is painted right after its callbacks, so a task that follows them comes after the paint.
      const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      for (let i = -warm; i < n; i++) {
        // Starts at the beginning of a frame, as an input event does.
        await new Promise(requestAnimationFrame);
        const begin = performance.now();
        change(i);
        const script = performance.now() - begin;
        await answered();
        const whole = performance.now() - begin;
        const layout = performance.now();
        document.body.getBoundingClientRect(); // styles and layout, which the next frame would do
        const paint = whole + (performance.now() - layout);
        if (i >= 0) (times.script.push(script), times.whole.push(whole), times.paint.push(paint));
        await painted();
        if (wait) await new Promise((rest) => setTimeout(rest, i % 4 ? wait : wait * 6));
      }
      return times;
    },
    [rounds, warmUp, pause],
  );
