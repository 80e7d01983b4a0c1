import { BmcBandwidth, BmcTrafficPackage, l1, OnDowngrade } from "../../lib";
import { BMC, newStack, only, resolveIn, synth, synthStack } from "./support";

describe("a traffic package", () => {
  test("is rendered with its quote and its import block", () => {
    const tf = synth((stack) => void new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 }));
    expect(tf.resource).toEqual({
      zenlayer_bmc_traffic_package: { edge: { instance_id: BMC, traffic_package_size: 10 } },
    });
    expect(only(tf.data, "zenlayer_bmc_traffic_package_quote")).toEqual({ instance_id: BMC, traffic_package_size: 10 });
    expect(tf.import).toEqual([{ to: "zenlayer_bmc_traffic_package.edge", id: BMC }]);
  });

  test.each([
    [0.07, /^stack\/edge: trafficPackageSize 0\.07 is not a multiple of 0\.05 TB: .*0\.05 or 0\.1/],
    [-1, /trafficPackageSize -1/],
    [Number.POSITIVE_INFINITY, /trafficPackageSize Infinity/],
  ])("%d TB is refused at synth", (trafficPackageSize, message) => {
    expect(() => new BmcTrafficPackage(newStack(), "edge", { instance: BMC, trafficPackageSize })).toThrow(message);
  });

  test.each([0, 0.05, 0.15, 0.3, 5, 99.95])("%d TB is accepted", (trafficPackageSize) => {
    expect(() => new BmcTrafficPackage(newStack(), "edge", { instance: BMC, trafficPackageSize })).not.toThrow();
  });

  test("gives what the machine is committed to and what is in force", () => {
    const stack = newStack();
    const edge = new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 });
    expect(resolveIn(stack, edge.trafficPackageSize)).toBe("${zenlayer_bmc_traffic_package.edge.traffic_package_size}");
    expect(resolveIn(stack, edge.effectiveTrafficPackageSize)).toBe(
      "${zenlayer_bmc_traffic_package.edge.effective_traffic_package_size}",
    );
    expect(edge.resource).toBeInstanceOf(l1.BmcTrafficPackage);
  });
});

describe("a bandwidth", () => {
  test("is rendered with its guards, its quote and its import block", () => {
    const tf = synth(
      (stack) =>
        void new BmcBandwidth(stack, "edge", {
          instance: BMC,
          bandwidth: 500,
          onDowngrade: OnDowngrade.SCHEDULE,
          maxImmediateCharge: 0,
        }),
    );
    expect(tf.resource).toEqual({
      zenlayer_bmc_bandwidth: {
        edge: { instance_id: BMC, internet_max_bandwidth_out: 500, on_downgrade: "schedule", max_immediate_charge: 0 },
      },
    });
    expect(only(tf.data, "zenlayer_bmc_bandwidth_quote")).toEqual({
      instance_id: BMC,
      internet_max_bandwidth_out: 500,
    });
    expect(tf.import).toEqual([{ to: "zenlayer_bmc_bandwidth.edge", id: BMC }]);
  });

  test.each([-1, 1.5])("%d Mbps is refused at synth", (bandwidth) => {
    expect(() => new BmcBandwidth(newStack(), "edge", { instance: BMC, bandwidth })).toThrow(
      `stack/edge: bandwidth ${bandwidth} `,
    );
  });

  test("gives what the machine is committed to and what is in force", () => {
    const stack = newStack();
    const edge = new BmcBandwidth(stack, "edge", { instance: BMC, bandwidth: 500 });
    expect(resolveIn(stack, edge.bandwidth)).toBe("${zenlayer_bmc_bandwidth.edge.internet_max_bandwidth_out}");
    expect(resolveIn(stack, edge.effectiveBandwidth)).toBe(
      "${zenlayer_bmc_bandwidth.edge.effective_internet_max_bandwidth_out}",
    );
  });
});

test("one machine may have a package and a bandwidth, but not two of one kind", () => {
  const stack = newStack();
  new BmcTrafficPackage(stack, "package", { instance: BMC, trafficPackageSize: 10 });
  new BmcBandwidth(stack, "bandwidth", { instance: BMC, bandwidth: 500 });
  new BmcBandwidth(stack, "again", { instance: BMC, bandwidth: 500 });
  expect(() => synthStack(stack)).toThrow(/^stack\/again: the bandwidth of machine .* is already managed/);
});
