// In which status of a machine what may be done.
import { isGone, statusVerdict } from "../../lib/reconcile";

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
  ["RECYCLE", true],
  ["RECYCLING", true],
  ["RELEASING", true],
  ["RUNNING", false],
  ["STOPPED", false],
  ["", false],
])("%s is gone: %s", (status, gone) => {
  expect(isGone(status)).toBe(gone);
});
