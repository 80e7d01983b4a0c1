import { ACTIONS } from "../../lib/simulator/actions";
import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { call, type CallOptions } from "./client";

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({
    fleet: sampleFleet(),
    keys: [
      { id: "AKONE", password: "one" },
      {
        id: "AKREAD",
        password: "two",
        actions: ["Describe*", "vm:CancelInstanceDowngrade"],
        deniedActions: ["DescribeZones"],
      },
      { id: "AKOFF", password: "three", enabled: false },
    ],
    tokens: [{ value: "tok-live" }, { value: "tok-old", expires: "2020-01-01T00:00:00Z" }],
  });
});
afterAll(() => sim.stop());

const VM = "900000000000000001";
const MANY = Array.from({ length: 101 }, (_, index) => `id-${index}`);

test.each<[string, string, unknown, CallOptions, number, string | undefined]>([
  ["an unknown path", "DescribeZones", {}, { path: "/api/v1/vm" }, 404, "OPERATION_FAILED_RESOURCE_NOT_FOUND"],
  ["another method", "DescribeZones", {}, { method: "PUT" }, 405, "INVALID_PARAMETER_VALUE"],
  [
    "no authorization",
    "DescribeZones",
    {},
    { headers: { authorization: null } },
    401,
    "AUTHFAILURE_INVALID_AUTHORIZATION",
  ],
  [
    "a malformed authorization",
    "DescribeZones",
    {},
    { headers: { authorization: "ZC2" } },
    401,
    "AUTHFAILURE_INVALID_AUTHORIZATION",
  ],
  [
    "no signature method",
    "DescribeZones",
    {},
    { headers: { "x-zc-signature-method": null } },
    401,
    "AUTHFAILURE_INVALID_AUTHORIZATION",
  ],
  [
    "no timestamp",
    "DescribeZones",
    {},
    { headers: { "x-zc-timestamp": null } },
    401,
    "AUTHFAILURE_INVALID_AUTHORIZATION",
  ],
  [
    "an unknown key",
    "DescribeZones",
    {},
    { key: { id: "AKNONE", password: "one" } },
    401,
    "AUTHFAILURE_SIGNATURE_FAILURE",
  ],
  [
    "a disabled key",
    "DescribeZones",
    {},
    { key: { id: "AKOFF", password: "three" } },
    401,
    "AUTHFAILURE_SIGNATURE_FAILURE",
  ],
  [
    "a wrong password",
    "DescribeZones",
    {},
    { key: { id: "AKONE", password: "no" } },
    401,
    "AUTHFAILURE_SIGNATURE_FAILURE",
  ],
  [
    "a content type changed after signing",
    "DescribeZones",
    {},
    { headers: { "content-type": "text/plain" } },
    401,
    "AUTHFAILURE_SIGNATURE_FAILURE",
  ],
  ["a clock six minutes fast", "DescribeZones", {}, { skew: 360 }, 401, "AUTHFAILURE_SIGNATURE_EXPIRED"],
  ["a clock six minutes slow", "DescribeZones", {}, { skew: -360 }, 401, "AUTHFAILURE_SIGNATURE_EXPIRED"],
  ["a clock four minutes slow", "DescribeZones", {}, { skew: -240 }, 200, undefined],
  ["a token", "DescribeZones", {}, { token: "tok-live" }, 200, undefined],
  ["a token without version", "DescribeZones", {}, { token: "tok-live", version: null }, 200, undefined],
  ["a signed call without version", "DescribeZones", {}, { version: null }, 403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"],
  ["an expired token", "DescribeZones", {}, { token: "tok-old" }, 401, "AUTHFAILURE_INVALID_AUTHORIZATION"],
  ["an unknown token", "DescribeZones", {}, { token: "tok-none" }, 401, "AUTHFAILURE_INVALID_AUTHORIZATION"],
  ["an unknown version", "DescribeZones", {}, { version: "1999-01-01" }, 403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"],
  [
    "an action of another service",
    "ModifyInstanceType",
    {},
    { service: "bmc" },
    403,
    "AUTHFAILURE_UNAUTHORIZED_OPERATION",
  ],
  ["an action that does not exist", "InquiryPriceInstanceType", {}, {}, 403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"],
  ["an action of another product", "CreateDisks", {}, {}, 403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"],
  ["a permitted read", "DescribeInstances", {}, { key: { id: "AKREAD", password: "two" } }, 200, undefined],
  [
    "a denied read",
    "DescribeZones",
    {},
    { key: { id: "AKREAD", password: "two" } },
    403,
    "AUTHFAILURE_UNAUTHORIZED_OPERATION",
  ],
  [
    "a write with a read key",
    "ModifyInstanceType",
    {},
    { key: { id: "AKREAD", password: "two" } },
    403,
    "AUTHFAILURE_UNAUTHORIZED_OPERATION",
  ],
  [
    "a write permitted by service",
    "CancelInstanceDowngrade",
    { instanceId: VM },
    { key: { id: "AKREAD", password: "two" } },
    403,
    "OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
  ],
  ["a body that is no JSON", "DescribeZones", {}, { rawBody: "{" }, 400, "INVALID_PARAMETER_TYPE"],
  ["a list as body", "DescribeZones", [], {}, 400, "INVALID_PARAMETER_TYPE"],
  ["a missing field", "ModifyInstanceType", { instanceId: VM }, {}, 400, "MISSING_PARAMETER"],
  ["a null field", "ModifyInstanceType", { instanceId: VM, instanceTypeId: null }, {}, 400, "MISSING_PARAMETER"],
  [
    "a number as id",
    "ModifyInstanceType",
    { instanceId: 9, instanceTypeId: "c.2c4g" },
    {},
    400,
    "INVALID_PARAMETER_TYPE",
  ],
  [
    "a broken bandwidth",
    "ModifyInstanceBandwidth",
    { instanceId: VM, internetMaxBandwidthOut: 1.5 },
    {},
    400,
    "INVALID_PARAMETER_TYPE",
  ],
  [
    "bandwidth 0",
    "ModifyInstanceBandwidth",
    { instanceId: VM, internetMaxBandwidthOut: 0 },
    {},
    400,
    "INVALID_PARAMETER_LESS_MINIMUM",
  ],
  [
    "a negative package",
    "ModifyInstanceTrafficPackage",
    { instanceId: VM, trafficPackageSize: -1 },
    {},
    400,
    "INVALID_PARAMETER_LESS_MINIMUM",
  ],
  [
    "the VM's field name at BMC",
    "ModifyInstanceBandwidth",
    { instanceId: VM, internetMaxBandwidthOut: 9 },
    { service: "bmc" },
    400,
    "MISSING_PARAMETER",
  ],
  ["more than 100 ids", "DescribeInstances", { instanceIds: MANY }, {}, 400, "INVALID_PARAMETER_EXCEED_LENGTH"],
  ["pages over 1000", "DescribeInstances", { pageSize: 1001 }, {}, 400, "INVALID_PARAMETER_EXCEED_MAXIMUM"],
  ["unknown fields", "DescribeZones", { colour: "red" }, {}, 200, undefined],
  [
    "an unknown machine",
    "ModifyInstanceType",
    { instanceId: "1", instanceTypeId: "c.2c4g" },
    {},
    404,
    "INVALID_INSTANCE_NOT_FOUND",
  ],
  [
    "a machine of the other product",
    "DescribeInstanceInternetStatus",
    { instanceId: VM },
    { service: "bmc" },
    404,
    "INVALID_INSTANCE_NOT_FOUND",
  ],
  ["no charge type for the catalogue", "DescribeZoneInstanceConfigInfos", {}, {}, 400, "MISSING_PARAMETER"],
  [
    "an unknown zone",
    "DescribeZoneInstanceConfigInfos",
    { instanceChargeType: "PREPAID", zoneId: "X" },
    {},
    404,
    "INVALID_ZONE_NOT_FOUND",
  ],
])("%s", async (_name, action, body, options, status, code) => {
  const reply = await call(sim, action, body, options);
  expect([reply.status, reply.code]).toEqual([status, code]);
  expect(reply.json.requestId).toMatch(/^T[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  if (status === 200) expect(reply.answer["requestId"]).toBe(reply.json.requestId);
  else expect(reply.json.message).toEqual(expect.any(String));
});

test("the rate limit comes before the signature", async () => {
  sim.knobs.requestsPerSecond = 1;
  sim.knobs.rateLimitRetryAfter = 2;
  const replies = [];
  for (let index = 0; index < 3; index++)
    replies.push(await call(sim, "DescribeZones", {}, { key: { id: "x", password: "y" } }));
  Object.assign(sim.knobs, { requestsPerSecond: 0, rateLimitRetryAfter: 0 });
  const limited = replies.filter((reply) => reply.status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect([limited[0]?.code, limited[0]?.headers["retry-after"]]).toEqual(["REQUEST_LIMIT_EXCEEDED", "2"]);
});

test("every action of the version table exists where the table says, and nowhere else", () => {
  const both = [
    "DescribeInstances",
    "DescribeZones",
    "ModifyInstanceBandwidth",
    "InquiryPriceInstanceBandwidth",
    "CancelInstanceBandwidthDowngrade",
    "ModifyInstanceTrafficPackage",
    "InquiryPriceInstanceTrafficPackage",
    "CancelInstanceTrafficPackageDowngrade",
    "DescribeInstanceInternetStatus",
    "InquiryPriceCreateInstance",
    "CreateInstances",
    "ModifyInstancesAttribute",
    "ModifyInstancesResourceGroup",
    "StartInstances",
    "StopInstances",
    "RebootInstances",
    "TerminateInstance",
    "ReleaseInstances",
  ];
  const vm = [
    ...both,
    "DescribeInstancesStatus",
    "DescribeZoneInstanceConfigInfos",
    "ModifyInstanceType",
    "DescribeInstanceTypeStatus",
    "CancelInstanceDowngrade",
    "ResetInstance",
    "ResetInstancesPassword",
  ];
  const bmc = [...both, "DescribeInstanceTypes", "DescribeAvailableResources", "RenewInstance", "ReinstallInstance"];
  const names = (service: "vm" | "bmc", version: string) => Object.keys(ACTIONS[service][version] ?? {}).sort();
  expect(names("vm", "2023-03-13")).toEqual([...vm].sort());
  expect(names("vm", "2026-04-01")).toEqual([...vm, "DescribeVmInventoryCapacity"].sort());
  expect(names("bmc", "2022-11-20")).toEqual([...bmc, "ZoneDetails"].sort());
  expect(names("bmc", "2026-02-01")).toEqual([...bmc].sort());
});

test("the log tells what was called and what came of it, without secrets", async () => {
  sim.clearRequests();
  await call(sim, "RenewInstance", { instanceId: VM });
  await call(sim, "ModifyInstanceBandwidth", { instanceId: VM, internetMaxBandwidthOut: 120 });
  await call(sim, "DescribeZones", {}, { service: "bmc" });
  expect(sim.requests).toMatchObject([
    {
      action: "RenewInstance",
      status: 403,
      code: "AUTHFAILURE_UNAUTHORIZED_OPERATION",
      executed: false,
      instanceId: VM,
    },
    {
      service: "vm",
      version: "2026-04-01",
      status: 200,
      code: null,
      executed: true,
      keyId: "AKONE",
      orderNumber: sim.orders.at(-1)?.number,
    },
    { service: "bmc", orderNumber: null },
  ]);
  expect(sim.writes().map((entry) => entry.action)).toEqual(["ModifyInstanceBandwidth"]);
  expect(JSON.stringify(sim.requests)).not.toMatch(/Signature=|Bearer/);
});
