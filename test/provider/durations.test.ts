// Durations of the timeouts block.
import { parseDuration } from "../../lib/provider/durations";

test.each([
  ["30s", 30_000],
  ["90m", 5_400_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  ["1h1m1s1ms", 3_661_001],
])("%s is %d ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(["", "90", "m", "-5m", "0s", "0h0m", "1 h", "1d", "1h30", "soon", ".5h", "1e3s", "9".repeat(70) + "s"])(
  "%j is none",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
