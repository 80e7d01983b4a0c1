// Which scheduled downgrades a cancel could undo, and what is said of those that stay.
import { CollectedDiagnostics } from "../../lib/plugin/server/diagnostics";
import { scheduledIn, warnOfLeft } from "../../lib/provider/scheduled";
import { processing, scheduled, settled, vm } from "../engine/machines";

const ALL = ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"] as const;

test("only what is scheduled can be undone, and only towards a value that is known", () => {
  const machine = vm({
    axes: {
      instance_type: scheduled("c.4c8g", "c.2c4g"),
      internet_max_bandwidth_out: processing(400, 600),
      traffic_package_size: scheduled<number>(null, 5),
    },
  });
  expect(scheduledIn(machine, ALL)).toEqual([{ axis: "instance_type", from: "c.2c4g", to: "c.4c8g" }]);
  expect(scheduledIn(vm(), ALL)).toEqual([]);
});

test("an axis of another resource is none of ours", () => {
  const machine = vm({ axes: { internet_max_bandwidth_out: scheduled(400, 100), instance_type: settled("c.4c8g") } });
  expect(scheduledIn(machine, ["instance_type", "traffic_package_size"])).toEqual([]);
});

describe("what stays is told", () => {
  const told = (left: Parameters<typeof warnOfLeft>[1]) => {
    const diagnostics = new CollectedDiagnostics();
    warnOfLeft(vm(), left, { diagnostics });
    return diagnostics.entries;
  };
  const BANDWIDTH = { axis: "internet_max_bandwidth_out", from: 100, to: 400 } as const;
  const TYPE = { axis: "instance_type", from: "c.2c4g", to: "c.4c8g" } as const;

  test("nothing of nothing", () => {
    expect(told([])).toEqual([]);
  });

  test("one downgrade, from the value in force to the scheduled one", () => {
    const [warning, ...more] = told([BANDWIDTH]);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({
      severity: "warning",
      summary: "Machine 900000000000000001: internet_max_bandwidth_out stays scheduled",
      detail: expect.stringMatching(/^internet_max_bandwidth_out goes from 400 Mbps to 100 Mbps\. on_destroy/),
    });
  });

  test("several in one warning", () => {
    const [warning, ...more] = told([BANDWIDTH, TYPE]);
    expect(more).toEqual([]);
    expect(warning?.summary).toMatch(/: internet_max_bandwidth_out and instance_type stay scheduled$/);
    expect(warning?.detail).toContain("100 Mbps. instance_type goes from c.4c8g to c.2c4g. on_destroy");
  });
});
