import { parseFleet, startSimulator } from "../../lib/simulator";

test.each([
  [7, "The fleet must be an object with machines, or a list of machines."],
  [{ machine: [] }, "machine: there is no such field. Fields: machines, account, prices."],
  [{ machines: {} }, "machines: {} is not a list of machines."],
  [[{ bandwidth: "fast" }], 'machines[0].bandwidth: "fast" is not a whole number ≥ 0.'],
  [[{}, { product: "cloud" }], 'machines[1].product: "cloud" is not vm or bmc.'],
  [[{ instanceId: 9 }], "machines[0].instanceId: 9 is not a text."],
  [[{ instanceId: "9" }, { instanceId: "9" }], "machines[1].instanceId: 9 is used twice."],
  [[{ expiredTime: "soon" }], 'machines[0].expiredTime: "soon" is not a time such as 2026-01-01T00:00:00Z, or null.'],
  [[{ period: 0 }], "machines[0].period: 0 is not a whole number ≥ 1, or null."],
  [
    [{ scheduled: { colour: 1 } }],
    'machines[0].scheduled: {"colour":1} is not an object with instanceType, bandwidth or trafficPackageSize.',
  ],
  [{ machines: [], account: { cash: "much" } }, 'account.cash: "much" is not a number ≥ 0.'],
  [{ machines: [], prices: { "c.1c2g": -1 } }, "prices.c.1c2g: -1 is not a number ≥ 0."],
])("the fleet %j is refused by its field", (fleet, message) => {
  expect(() => parseFleet(fleet)).toThrow(message);
});

test("an unknown field names the fields there are", () => {
  expect(() => parseFleet([{ bandwith: 1 }])).toThrow(
    /machines\[0\]\.bandwith: there is no such field\. Fields: .*bandwidth/,
  );
});

test("account, prices, plans and running changes of a fleet are in place", async () => {
  const sim = await startSimulator({
    fleet: parseFleet({
      account: { cash: 5, credit: 6 },
      prices: { "g.2c8g": 56, MDE: 100 },
      machines: [{ instanceId: "1", scheduled: { bandwidth: 50 }, processing: { instanceType: "c.8c16g" } }],
    }),
  });
  try {
    expect(sim.account).toMatchObject({ cash: 5, credit: 6, frozen: 0 });
    expect(sim.machine("1").axes).toMatchObject({
      bandwidth: { scheduled: { target: 50 } },
      type: { inFlight: { target: "c.8c16g" } },
    });
    expect(() => sim.setPrice("x.1c1g", 1)).toThrow("prices.x.1c1g");
    expect(() => sim.addMachine({ instanceId: "1" })).toThrow("has a machine 1 already");
  } finally {
    await sim.stop();
    await sim.stop();
  }
});
