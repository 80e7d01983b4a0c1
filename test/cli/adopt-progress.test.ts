// The progress line: on a terminal only, after a second only, and gone in the end.
import { Progress, type Repeat } from "../../lib/cli/adopt/progress";

function terminal(isTTY: boolean) {
  let written = "";
  let work: (() => void) | null = null;
  const repeat: Repeat = (given) => {
    work = given;
    return () => (work = null);
  };
  const progress = new Progress({ write: (text) => (written += text), isTTY }, repeat);
  return {
    progress,
    written: () => written,
    running: () => work !== null,
    /** Lets so many fifths of a second pass. */
    pass: (ticks: number) => {
      for (let tick = 0; tick < ticks; tick += 1) work?.();
    },
  };
}

test("shows nothing within the first second", () => {
  const { progress, pass, written } = terminal(true);
  progress.report("Listing machines");
  pass(4);
  progress.end();
  expect(written()).toBe("");
});

test("shows the newest text over the older one, and takes it away", () => {
  const { progress, pass, written, running } = terminal(true);
  progress.report("Listing machines");
  pass(5);
  expect(written()).toBe("\rListing machines");
  progress.report("1 of 2");
  progress.report("2 of 2");
  pass(2);
  expect(written()).toBe("\rListing machines\r2 of 2          ");
  progress.end();
  expect(written().slice(-8)).toBe("\r      \r");
  expect(running()).toBe(false);
});

test("where nobody looks nothing is written", () => {
  const { progress, pass, written, running } = terminal(false);
  progress.report("Listing machines");
  expect(running()).toBe(false);
  pass(10);
  progress.end();
  expect(written()).toBe("");
});
