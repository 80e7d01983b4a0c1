// In which status of a machine what may be done.
import { allowedStatuses, isGone, statusVerdict } from "../../lib/reconcile";

test.each([
  ["internet_max_bandwidth_out", "RUNNING", "allowed"],
  ["internet_max_bandwidth_out", "STOPPED", "blocked"],
  ["instance_type", "STOPPED", "allowed"],
  ["traffic_package_size", "STOPPED", "allowed"],
  ["instance_type", "BOOTING", "transient"],
  ["traffic_package_size", "STOPPING", "transient"],
  ["internet_max_bandwidth_out", "INSTALLING", "transient"],
  ["instance_type", "CREATE_FAILED", "blocked"],
  ["instance_type", "INSTALL_FAILED", "blocked"],
  ["instance_type", "RECYCLE", "gone"],
  ["instance_type", "running", "allowed"],
  // What nobody documented is left to Zenlayer to refuse.
  ["internet_max_bandwidth_out", "DREAMING", "allowed"],
] as const)("%s on %s: %s", (axis, status, verdict) => {
  expect(statusVerdict(axis, status)).toBe(verdict);
});

test.each([
  ["internet_max_bandwidth_out", ["RUNNING"]],
  ["instance_type", ["RUNNING", "STOPPED"]],
  ["traffic_package_size", ["RUNNING", "STOPPED"]],
] as const)("%s is changed while the machine is %j", (axis, statuses) => {
  expect(allowedStatuses(axis)).toEqual(statuses);
});

test.each([
  ["RECYCLE", true],
  ["RECYCLING", true],
  ["RELEASING", true],
  ["RUNNING", false],
  ["STOPPED", false],
  ["", false],
])("%s is gone: %s", (status, gone) => {
  expect(isGone(status)).toBe(gone);
});
