// How long a hundred thousand rows take in cells, and how long they hold the page's thread.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addModel, cells, csv, withExcel } from "../support/excel.mjs";

test("100,000 rows: one call, and a cell each; the thread is free meanwhile", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, "models/a11_tree_reg_diabetes/model.pmml");
    const name = await page.locator(".ml h3").textContent();
    const [head, ...some] = csv("models/a11_tree_reg_diabetes/input.csv");
    const limits = { range: 1000, again: 1000, single: 3000, repeated: 500 };
    const got = await page.evaluate(async ({ name, head, some, limits }) => {
      const rows = Array.from({ length: 100_000 }, (_, i) => some[i % some.length].map((x) => x + i * 1e-9));
      await __host.call("SCORE", name, rows.slice(0, 100), [head]); // the workers are there
      const timed = async (work) => {
        const stop = __host.watch();
        const start = performance.now();
        const answer = await work();
        return { ms: Math.round(performance.now() - start), held: Math.round(stop()), answer };
      };
      // Other programs of the machine may take a turn: up to eight runs, and the best of each figure counts.
      const best = async (limit, work, prepare = () => {}) => {
        const sum = { ms: Infinity, held: Infinity, answer: null };
        for (let n = 0; n < 8 && (sum.ms > limit || sum.held > 100); n++) {
          prepare(n);
          await new Promise((r) => setTimeout(r, 50)); // what was left behind is swept away
          const { ms, held, answer } = await timed(() => work(n));
          Object.assign(sum, { ms: Math.min(sum.ms, ms), held: Math.min(sum.held, held), answer });
        }
        return sum;
      };
      const moved = (n) => rows.map((row) => row.map((x) => x + n * 1e-7));
      let table, list;
      const range = await best(limits.range, () => __host.call("SCORE", name, table, [head]), (n) => (table = moved(n)));
      const again = await best(limits.again, () => __host.call("SCORE", name, table, [head]));
      const single = await best(limits.single, () => __host.callMany("PREDICT", list), (n) => (list = moved(n + 10).map((row) => [name, [row], [head]])));
      const repeated = await best(limits.repeated, () => __host.callMany("PREDICT", list));
      const whole = await __host.call("SCORE", name, list.map(([, [row]]) => row), [head]);
      const same = range.answer.every((row, i) => row[0] === again.answer[i][0]) && whole.every(([x], i) => x === single.answer[i] && x === repeated.answer[i]);
      return { same, times: Object.fromEntries(Object.entries({ range, again, single, repeated }).map(([k, { ms, held }]) => [k, [ms, held]])) };
    }, { name, head, some: some.map(cells), limits });
    console.log("ms, longest hold:", JSON.stringify(got.times));
    assert.ok(got.same);
    for (const [what, limit] of Object.entries(limits)) {
      assert.ok(got.times[what][0] <= limit, `${what}: ${got.times[what][0]} ms`);
      assert.ok(got.times[what][1] <= 100, `${what} held the thread for ${got.times[what][1]} ms`);
    }
  });
});
