// Waits between repetitions: growing, jittered, bounded; Retry-After as seconds or a date, bounded too.
import fc from "fast-check";
import { backoffDelay, retryAfterDelay } from "../../lib/api/backoff";

test("a wait lies between half and the whole of a bound that doubles up to 20 s", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: 0.999999, noNaN: true }), (attempt, random) => {
      const full = Math.min(20_000, 500 * 2 ** attempt);
      const delay = backoffDelay(attempt, random);
      expect(delay).toBeGreaterThanOrEqual(full / 2);
      expect(delay).toBeLessThanOrEqual(full);
    }),
  );
});

const NOW = Date.parse("2026-01-01T00:00:00Z");
test.each<[string | undefined, number]>([
  ["7", 7000],
  ["0.5", 500],
  [" 3 ", 3000],
  ["Thu, 01 Jan 2026 00:00:12 GMT", 12_000],
  ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
  ["86400", 60_000],
  ["Thu, 01 Jan 2099 00:00:00 GMT", 60_000],
  ["-5", 0],
  ["soon", 0],
  ["", 0],
  [undefined, 0],
])("Retry-After %p is %d ms", (header, delay) => {
  expect(retryAfterDelay(header, NOW)).toBe(delay);
});
