// Listening to a signal that many share.
import { getEventListeners } from "node:events";
import { whenAborted } from "../../lib/api/signals";

test("acts once, when the signal is aborted", () => {
  const act = jest.fn();
  const controller = new AbortController();
  whenAborted(controller.signal, act);
  expect(act).not.toHaveBeenCalled();
  controller.abort();
  controller.abort();
  expect(act).toHaveBeenCalledTimes(1);
});

test("does nothing after it was left, and leaves nothing behind", () => {
  const act = jest.fn();
  const controller = new AbortController();
  const leave = whenAborted(controller.signal, act);
  leave();
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  controller.abort();
  expect(act).not.toHaveBeenCalled();
});

test("says nothing of a signal that is aborted already, and of none", () => {
  const act = jest.fn();
  whenAborted(AbortSignal.abort(), act)();
  whenAborted(undefined, act)();
  expect(act).not.toHaveBeenCalled();
});

test("fifty may listen without being taken for a leak", async () => {
  const warned = jest.fn();
  process.on("warning", warned);
  const controller = new AbortController();
  for (let count = 0; count < 50; count += 1) whenAborted(controller.signal, () => undefined);
  await new Promise(setImmediate);
  process.removeListener("warning", warned);
  expect(warned).not.toHaveBeenCalled();
});
