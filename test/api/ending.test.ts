// What ends one attempt: once, for whoever asks before or after, with a signal only where one is wanted.
import { Ending } from "../../lib/api/ending";

const late = new Error("too late");
const stopped = new Error("stopped");

test("only the first reason counts, for what is done at the end and for the signal", () => {
  const ending = new Ending();
  const { signal } = ending;
  const told: Error[] = [];
  ending.atEnd((why) => told.push(why));
  expect([ending.reason, signal.aborted, told]).toEqual([null, false, []]);
  ending.end(late);
  ending.end(stopped);
  expect([ending.reason, signal.reason, told]).toEqual([late, late, [late]]);
});

test("whoever comes after the end finds it", () => {
  const ending = new Ending();
  ending.end(late);
  const told: Error[] = [];
  ending.atEnd((why) => told.push(why));
  expect([ending.signal.aborted, ending.signal.reason, told]).toEqual([true, late, [late]]);
});

test("what is not to be done any more is not done, and the signal is the same each time", () => {
  const ending = new Ending();
  const told: Error[] = [];
  ending.atEnd((why) => told.push(why));
  ending.atEnd(null);
  const { signal } = ending;
  ending.end(late);
  expect([told, ending.signal === signal]).toEqual([[], true]);
});
