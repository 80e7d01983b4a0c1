import { isAmbiguous } from "../../../lib/plugin/cty/binary";
import { createTestDriver } from "../../../lib/plugin/testing";
import { demoProvider } from "../demo-provider";

test.each([0, 1, -0.5, 0.1, 1.1 ** 2, Math.log(10), 2 ** -10, 2 ** 62, 1e22, Infinity, 0.30000000000000004])(
  "%d is the same number whoever reads it",
  (number) => {
    expect(isAmbiguous(number)).toBe(false);
  },
);

test.each([2 ** -30, -(2 ** -30), 3 * 2 ** -40, 2 ** 70, 1e30])("%d may be another number for Terraform", (number) => {
  expect(isAmbiguous(number)).toBe(true);
});

test("a plan warns of it at its place, and not again when it stands in the state", async () => {
  const driver = createTestDriver(demoProvider());
  await driver.configure();
  const config = { name: "a", exact: [1, 2 ** 70] };
  const { instance, diagnostics } = await driver.applyConfig("demo_thing", config);
  expect(diagnostics[0]).toMatchObject({
    severity: "warning",
    path: ["exact", 1],
    detail: expect.stringContaining("1180591620717411300000"),
  });
  expect((await driver.plan("demo_thing", { ...config, size: 2 }, instance)).diagnostics).toEqual([]);
});
