import assert from "node:assert/strict";
import test from "node:test";
import { Questions } from "../dist/engine/questions.js";

/** Questions to an engine whose replies are given by hand. */
function asked() {
  const log = { asked: [], answers: [], failures: [] };
  const replies = [];
  const questions = new Questions({
    ask(question) {
      log.asked.push(question);
      return new Promise((resolve, reject) => replies.push({ resolve, reject }));
    },
    answered: (answer) => log.answers.push(answer),
    failed: (error) => log.failures.push(error),
  });
  const rest = () => new Promise(setImmediate);
  const reply = (answer) => (replies.shift().resolve(answer), rest());
  const refuse = (error) => (replies.shift().reject(error), rest());
  return { log, questions, reply, refuse };
}

test("of the questions that come meanwhile only the newest is asked, and its answer is the last", async () => {
  const { log, questions, reply } = asked();
  for (const question of [1, 2, 3, 4]) questions.ask(question);
  assert.deepEqual(log.asked, [1]);
  await reply("one");
  assert.deepEqual([log.asked, questions.isOpen], [[1, 4], true]);
  await reply("four");
  assert.deepEqual([log.answers, questions.isOpen], [["one", "four"], false]);
  questions.ask(5);
  await reply("five");
  assert.deepEqual(log.asked, [1, 4, 5]);
});
test("a dropped question is never answered, the next one is", async () => {
  const { log, questions, reply, refuse } = asked();
  questions.ask(1);
  questions.ask(2);
  questions.drop();
  assert.equal(questions.isOpen, false);
  await reply("one");
  assert.deepEqual([log.asked, log.answers], [[1], []]);
  questions.ask(3);
  await reply("three");
  assert.deepEqual(log.answers, ["three"]);
  questions.ask(4);
  questions.drop();
  await refuse("no");
  assert.deepEqual(log.failures, []);
});
test("a failure is told once and ends the asking", async () => {
  const { log, questions, refuse } = asked();
  questions.ask(1);
  questions.ask(2);
  await refuse("broken");
  assert.deepEqual([log.asked, log.failures, questions.isOpen], [[1], ["broken"], false]);
});
test("an answer that is there at once is told at once, and after the one under way", async () => {
  const log = [];
  let reply = null;
  const questions = new Questions({
    ask: (question) => (question === "slow" ? new Promise((resolve) => (reply = resolve)) : `${question}!`),
    answered: (answer) => log.push(answer),
    failed: (error) => log.push(error),
  });
  questions.ask("one");
  assert.deepEqual([log, questions.isOpen], [["one!"], false]);
  questions.ask("slow");
  questions.ask("two");
  assert.deepEqual([log, questions.isOpen], [["one!"], true]);
  reply("late");
  await new Promise(setImmediate);
  assert.deepEqual([log, questions.isOpen], [["one!", "late", "two!"], false]);
});
