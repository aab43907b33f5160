// What a page does with the element's events.
const output = document.querySelector("output");
for (const name of ["scorelet-ready", "scorelet-change"])
  addEventListener(name, ({ detail }) => (output.textContent = String(detail.results.prediction)));
addEventListener("scorelet-error", ({ detail }) => (output.textContent = detail.message));
