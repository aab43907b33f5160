// Checks of programs under Node that are no suites of node:test, and their sum.
let passed = 0, failed = 0;

export function check(what, actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a === e) return void ++passed;
  ++failed;
  console.log(`FAILED: ${what}\n  expected ${e}\n  found    ${a}`);
}

/** Said last. */
export function summed() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
