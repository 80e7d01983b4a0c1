// The guide quotes the messages as they are: a message that changes must change there too.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, findError, resolveCredentials, ZenlayerError } from "../../lib/api";
import type { Step } from "../../lib/engine";
import * as failures from "../../lib/reconcile/failure";
import * as orders from "../../lib/reconcile/open-order-words";
import { chargeGuard, downgradeGuard, readOnlyGuard } from "../../lib/reconcile/guards";
import { upgrade } from "./steps";

const GUIDE = readFileSync(join(__dirname, "../../docs/guides/when-an-apply-fails.md"), "utf8");
const SOURCE = readFileSync(join(__dirname, "../../lib/reconcile/converge.ts"), "utf8");

const step = upgrade();
const downgrade: Step = { ...step, direction: "downgrade" };
const nothing = { calls: [], orderNumbers: [] };
const cancel: Step = {
  ...step,
  action: "CancelInstanceBandwidthDowngrade",
  from: 100,
  to: 400,
  direction: "cancel",
  charge: "none",
};
const lost = new ZenlayerError({ code: "X", errorClass: "unsure", outcome: "unknown", summary: "S.", cure: "C." });
const open = { axis: step.axis, target: 600, orderNumber: "ORDER", requestId: null, time: "TIME" };
const changing = "internet_max_bandwidth_out was being changed to 600";
const charge = {
  known: true,
  about: 253.33,
  atMost: 760,
  monthlyDifference: 760,
  daysLeft: 10,
  periodMonths: 1,
} as const;
const deny = { onDowngrade: "deny", maxImmediateCharge: 700 } as const;

test.each(
  [
    failures.timedOut("MACHINE", changing, "", nothing),
    failures.interrupted("MACHINE", changing, "", nothing),
    failures.unreadable("MACHINE", lost, nothing),
    failures.vanishedMachine("MACHINE", nothing),
    failures.stalePlan("MACHINE", [], nothing),
    chargeGuard(deny, [step], charge),
    chargeGuard(deny, [step], { known: false, reason: "" }),
    downgradeGuard(deny, [downgrade])[0],
    readOnlyGuard([step]),
    failures.blockedStatus("MACHINE", step.axis, "STOPPED", ["RUNNING"]),
    failures.missingMachine("vm", "900000000000000001"),
    failures.unknownOutcome("MACHINE", step, lost, 60),
    failures.neverShowed("MACHINE", step, "ORDER", "", 60),
    orders.openOrderBlocks(open, nothing),
    orders.openOrderWarning(open, "900000000000000001"),
    orders.openOrderWarning({ ...open, orderNumber: null }, "900000000000000001"),
    orders.openOrderForgotten(open, "900000000000000001"),
    failures.changeFailed("MACHINE", step, "ORDER", ""),
    failures.changedElsewhere("MACHINE", step, "ORDER", ""),
  ].map((failure) => [failure?.summary ?? "nothing"]),
)("the guide explains: %s", (summary) => {
  expect(GUIDE).toContain(`\`${summary}\``);
});

const socks = { HTTPS_PROXY: "socks5://127.0.0.1:1080" };
const token = { kind: "token", token: "t" } as const;
test.each<[string, () => unknown]>([
  ["no credentials", () => resolveCredentials({ env: {}, home: "" })],
  ["a damaged token", () => resolveCredentials({ env: { ZENLAYER_TOKEN: "abcdef\nghi" } })],
  ["a SOCKS proxy", () => createClient({ endpoint: "https://api.example", credentials: token, env: socks })],
])("the guide explains: %s", (_name, work) => {
  let told = "";
  try {
    work();
  } catch (error) {
    told = error instanceof ZenlayerError ? error.summary.replace(/\.$/, "") : "";
  }
  expect(told).not.toBe("");
  expect(GUIDE).toContain(`\`${told}`);
});

test.each(["NETWORK_ERROR", "REQUEST_TIMED_OUT", "AUTHFAILURE_SIGNATURE_FAILURE", "CERTIFICATE_REFUSED"])(
  "the guide explains: %s",
  (code) => {
    const [words = "nothing"] = (findError(code)?.summary ?? "nothing").split(/[:,]|\.$/);
    expect(GUIDE).toContain(`\`${words}`);
  },
);

test.each([
  "was executed although its answer was lost",
  "was at its target already",
  "was gone already",
  "was scheduled for the next billing cycle instead of taking effect now",
])("the guide and the code both warn: %s", (warning) => {
  expect(GUIDE).toContain(warning);
  expect(SOURCE).toContain(warning);
});

test.each([
  [[], [], /^Nothing was ordered\.$/],
  [[step], [], /^What was sent stands\. The next plan/],
  [[step], ["1"], /^Order 1 stands\. The next plan/],
  [[step, step], ["1", "2"], /^Orders 1, 2 stand\. The next plan/],
  [
    [cancel],
    [],
    /^CancelInstanceBandwidthDowngrade was sent: internet_max_bandwidth_out stays 400 Mbps instead of going to 100 Mbps\. The next/,
  ],
  [[cancel, step], ["1"], /^CancelInstanceBandwidthDowngrade was sent: .* Order 1 stands\. The next plan/],
])(
  "what stands is told in words: %j, orders %j",
  (calls: readonly Step[], orderNumbers: readonly string[], words: RegExp) => {
    const stands = { calls, orderNumbers };
    expect(failures.unreadable("M", new Error(""), stands).detail.trim()).toMatch(words);
  },
);
