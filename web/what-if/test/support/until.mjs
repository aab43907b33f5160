// Waiting for what comes: as long as a busy machine may need, which takes no time where it is there.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** Milliseconds, after which it will not come any more. */
export const patience = Number(process.env.PAGE_TIMEOUT ?? 30_000);

/** Waits until `isSo` says so; `what` is what is missing if it never does. */
export async function until(isSo, what) {
  for (const end = Date.now() + patience; !(await isSo()); ) {
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await setTimeout(50);
  }
}

/** Waits until nothing moves on the page, and no colour is between two others. */
export const still = (page) =>
  page.evaluate(async () => {
    const roots = [document, ...[...document.querySelectorAll("*")].flatMap((e) => e.shadowRoot ?? [])];
    const ending = roots.flatMap((root) => root.getAnimations()).filter((a) => a.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((a) => a.finished));
  });
