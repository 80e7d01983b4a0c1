// Durations at synth and in the provider: the constructs may not load the provider, so this holds their two rules together.
import fc from "fast-check";
import { isDuration } from "../../lib/constructs/private/literals";
import { parseDuration } from "../../lib/provider/durations";

test.each([
  "90m",
  "1h30m",
  "0.5s",
  "250ms",
  "0s",
  "0m0.0s",
  "",
  "5",
  "m",
  "1 h",
  "-1s",
  "1d",
  "1h 30m",
  `${"1h".repeat(33)}`,
])("%j is a duration to both or to neither", (text) => expect(isDuration(text)).toBe(parseDuration(text) !== null));

test("so are texts made of their parts, valid or not", () => {
  const part = fc.constantFrom("0", "1", "09", ".", "ms", "s", "m", "h", " ", "-", "d");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      expect(isDuration(text)).toBe(parseDuration(text) !== null);
    }),
  );
});
