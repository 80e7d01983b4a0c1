// An approval is a promise with limits: the same changes, no dearer, not too late; and the rest of them, if all else is done.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import {
  approvalOf,
  buildReport,
  renderJson,
  renderMarkdown,
  reviewDocument,
  reviewedOf,
  type Approval,
  type Report,
} from "../../../lib/review";
import {
  action,
  bmc,
  bmcUpdate,
  cancel,
  change,
  quote,
  stateResource,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, NOW, report, subject } from "../support";

const WEB = "zenlayer_vm_instance_spec.web";
const EDGE = "zenlayer_bmc_traffic_package.edge";
const DAY = 86_400_000;

function priced(amount: number): Values {
  return quote(
    "zenlayer_vm_spec_quote",
    "900000000000000001",
    [{ value: "200", price: 24 }],
    [{ value: "400", price: 24 + amount }],
  );
}

function approve(options: PlanOptions, days?: number): Approval {
  const found = approvalOf(report(options), NOW, days);
  if (found === null) throw new Error("nothing to approve");
  return found;
}

function verified(
  options: PlanOptions,
  given: unknown,
  extra: { readonly tolerance?: number; readonly now?: number; readonly exact?: boolean } = {},
): Report {
  const reviewed = reviewedOf(input(given, "approval.json"), extra.exact ?? false);
  return report(options, { reviewed, ...extra });
}

const upgraded: PlanOptions = { changes: [vmUpdate()], prior: [priced(12)] };

test("it records what is covered, for how much, and until when, by its schema", () => {
  const approval = approve(upgraded);
  expect(approval).toMatchObject({
    kind: "cdktf-zenlayer/approval",
    version: 1,
    digest_version: 2,
    digest: report(upgraded).digest,
    approved_at: "2026-11-21T08:00:00.000Z",
    expires_at: "2026-11-28T08:00:00.000Z",
    ceilings: { charged_now: [{ currency: "USD", amount: 12 }], monthly_increase: [{ currency: "USD", amount: 12 }] },
    changes: [{ plan: "prod", address: WEB, action: "change" }],
  });
  const schema = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "..", "docs/schemas/approval.v1.json"), "utf8"),
  ) as object;
  const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(schema);
  for (const found of [
    approval,
    approve({ ...upgraded, overrides: { action_invocations: [action()] } }),
    approve({}),
  ]) {
    validate(JSON.parse(JSON.stringify(found)));
    expect(validate.errors).toBeNull();
  }
});

test("the page carries digest, ceilings and expiry", () => {
  const found = report(upgraded);
  const text = renderMarkdown(reviewDocument(found, approvalOf(found, NOW)));
  expect(text).toContain(found.digest);
  expect(text).toContain("- An approval allows: at most 12.00 USD at once, 12.00 USD more a month");
  expect(text).toContain("- The approval expires: 2026-11-28 08:00 UTC");
});

describe("price", () => {
  test.each<readonly [string, number, number | undefined, number]>([
    ["the same", 12, undefined, 2],
    ["cheaper", 1, undefined, 2],
    ["dearer by 6.7 %", 12.8, undefined, 2],
    ["dearer by 10 %", 13.2, undefined, 2],
    ["dearer by more", 13.21, undefined, 3],
    ["dearer, with no tolerance", 12.01, 0, 3],
    ["much dearer, with much tolerance", 24, 100, 2],
  ])("%s", (_, amount, tolerance, exitCode) => {
    const found = verified({ changes: [vmUpdate()], prior: [priced(amount)] }, approve(upgraded), {
      ...(tolerance === undefined ? {} : { tolerance }),
    });
    expect(found.exit_code).toBe(exitCode);
    expect(found.verification?.unchecked).toEqual([]);
  });

  test("the refusal says what is dearer", () => {
    const found = verified({ changes: [vmUpdate()], prior: [priced(5_293.39)] }, approve(upgraded));
    expect(found.verification?.differences).toEqual([
      "Dearer than approved: 5,293.39 USD charged at once at most, approved were 12.00 USD (tolerance 10 %).",
      "Dearer than approved: 5,293.39 USD more a month, approved were 12.00 USD (tolerance 10 %).",
    ]);
  });

  test("a machine that was renewed in between is dearer, although its prices are not", () => {
    const later = { expired_time: "2027-03-01T00:00:00Z" };
    const found = verified({ changes: [vmUpdate(undefined, later, later)], prior: [priced(12)] }, approve(upgraded));
    expect(found.verification?.differences[0]).toMatch(/^Dearer than approved: 40\.40 USD charged/);
  });

  test("an unknown amount exceeds, unless it was approved as unknown", () => {
    const unknown: PlanOptions = { changes: [vmUpdate()] };
    expect(verified(unknown, approve(upgraded)).verification?.differences).toEqual([
      `Dearer than approved: ${WEB}: internet_max_bandwidth_out charges at once an unknown amount, and was not approved as unknown.`,
      `Dearer than approved: ${WEB}: internet_max_bandwidth_out changes a month an unknown amount, and was not approved as unknown.`,
      "Without a quote the amount stands in the log of the plan: give it with --log.",
    ]);
    expect(verified(unknown, approve(unknown)).exit_code).toBe(2);
    expect(verified(upgraded, approve(unknown)).exit_code).toBe(2);
  });

  test("an earlier report bounds the amounts, and has no expiry", () => {
    const earlier = renderJson(report(upgraded));
    expect(verified(upgraded, earlier).verification).toMatchObject({ matches: true, unchecked: ["expiry"] });
    expect(verified({ changes: [vmUpdate()], prior: [priced(20)] }, earlier).exit_code).toBe(3);
  });

  test("a digest alone bounds nothing, and the page says so", () => {
    const { digest } = report(upgraded);
    const found = report(
      { changes: [vmUpdate()], prior: [priced(5_000)] },
      { reviewed: { digest: digest ?? "", changes: null } },
    );
    expect(found).toMatchObject({ exit_code: 2, verification: { unchecked: ["price", "expiry"] } });
    expect(renderMarkdown(reviewDocument(found))).toContain("Not checked: price and expiry");
  });
});

test.each<readonly [string, number, number | undefined, number]>([
  ["in time", 6.9, undefined, 2],
  ["too late", 7.1, undefined, 3],
  ["in a longer time", 7.1, 30, 2],
])("expiry: %s", (_, after, days, exitCode) => {
  const found = verified(upgraded, approve(upgraded, days), { now: NOW + after * DAY });
  expect(found.exit_code).toBe(exitCode);
  if (exitCode === 3) expect(found.reasons[1]).toBe("The approval expired 2026-11-28 08:00 UTC: review again.");
});

describe("an earlier version", () => {
  test("a report of version 1 is answered with: review again", () => {
    const old = {
      kind: "cdktf-zenlayer/review",
      version: 1,
      digest: `sha256:${"0".repeat(64)}`,
      canonical_changes: [],
    };
    const found = verified(upgraded, old);
    expect(found).toMatchObject({ exit_code: 3 });
    expect(found.reasons.join(" ")).toMatch(/earlier version.*review again/);
  });

  test("a digest of version 1 is answered with: review again", () => {
    const found = report(upgraded, { reviewed: { digest: `sha256:${"0".repeat(64)}`, changes: null } });
    expect(found.reasons.join(" ")).toMatch(/version 1: review again/);
  });

  test("an approval of a later version is not guessed at", () => {
    expect(() => verified(upgraded, { ...approve(upgraded), version: 2 })).toThrow(/does not understand.*review again/);
  });
});

describe("the rest of what was reviewed", () => {
  const packaged = bmcUpdate();
  const both: PlanOptions = { changes: [vmUpdate(), packaged], prior: [priced(12)] };
  const doneWeb = vm({ internet_max_bandwidth_out: 400, change_count: 1 });

  test("is accepted, cheaper than the whole, when what is missing is done", () => {
    const found = verified(
      {
        changes: [change(WEB, ["no-op"], doneWeb, doneWeb), packaged],
        prior: [stateResource(WEB, doneWeb), stateResource(EDGE, bmc())],
      },
      approve(both),
    );
    expect(found).toMatchObject({ exit_code: 2, verification: { matches: true } });
    expect(found.verification?.rest).toEqual([
      `${WEB}: change machine 900000000000000001, upgrade internet_max_bandwidth_out 200 → 400 (charged_now, immediately)`,
    ]);
    const text = renderMarkdown(reviewDocument(found));
    expect(text).toContain("This plan is the rest of what was reviewed");
    expect(text).toContain("Done already:");
  });

  test("may be nothing at all", () => {
    const edge = bmc({ traffic_package_size: 2.5 });
    const found = verified(
      {
        changes: [change(WEB, ["no-op"], doneWeb, doneWeb), change(EDGE, ["no-op"], edge, edge)],
        prior: [stateResource(WEB, doneWeb), stateResource(EDGE, edge)],
      },
      approve(both),
    );
    expect(found).toMatchObject({ exit_code: 0, verification: { matches: true } });
  });

  test.each<readonly [string, Values | null]>([
    ["has another value", vm({ internet_max_bandwidth_out: 300 })],
    ["is another machine", vm({ internet_max_bandwidth_out: 400, instance_id: "5" })],
    ["is not in the state", null],
  ])("is refused when what is missing %s, and named as such", (_, web) => {
    const found = verified(
      { changes: [packaged], prior: [...(web === null ? [] : [stateResource(WEB, web)]), stateResource(EDGE, bmc())] },
      approve(both),
    );
    expect(found.exit_code).toBe(3);
    expect(found.verification?.differences).toEqual([
      expect.stringMatching(/^Reviewed, but neither in this plan nor done: zenlayer_vm_instance_spec\.web/),
    ]);
  });

  test("may be what is left of one resource", () => {
    const type = step(upgrade, { step: 2, action: "ModifyInstanceType", axis: "instance_type", from: "a", to: "b" });
    const whole = [vmUpdate([step(upgrade), type])];
    const left = vmUpdate([{ ...type, step: 1 }], {}, { internet_max_bandwidth_out: 400, instance_type: "a" });
    const state = stateResource(WEB, vm({ internet_max_bandwidth_out: 400, instance_type: "a" }));
    const approval = approve({ changes: whole });
    expect(verified({ changes: [left], prior: [state] }, approval)).toMatchObject({
      exit_code: 2,
      verification: { rest: [expect.stringMatching(/in part$/)] },
    });
    const undone = stateResource(WEB, vm({ instance_type: "a" }));
    expect(verified({ changes: [left], prior: [undone] }, approval).exit_code).toBe(3);
  });

  test("may be the change after a cancel", () => {
    const chain = [step(cancel, { from: "100", to: "200" }), step(upgrade, { step: 2 })];
    const approval = approve({ changes: [vmUpdate(chain)] });
    const left = vmUpdate([step(upgrade)]);
    expect(verified({ changes: [left], prior: [stateResource(WEB, vm())] }, approval).exit_code).toBe(2);
    const wrong = vmUpdate([step(cancel, { from: "100", to: "200" })]);
    expect(verified({ changes: [wrong], prior: [stateResource(WEB, vm())] }, approval).exit_code).toBe(3);
  });

  test.each<readonly [string, readonly string[], boolean, number]>([
    ["created, and there", ["create"], true, 2],
    ["created, and not there", ["create"], false, 3],
    ["updated, and there", ["update"], true, 2],
    ["destroyed, and gone", ["delete"], false, 2],
    ["destroyed, and still there", ["delete"], true, 3],
  ])("of others: %s", (_, actions, present, exitCode) => {
    const before = actions.includes("create") ? null : { size: 1 };
    const foreign = change("aws_a.a", actions, before, actions.includes("delete") ? null : { size: 2 });
    const found = verified(
      { changes: [packaged], prior: present ? [stateResource("aws_a.a", { size: 2 })] : [] },
      approve({ changes: [packaged, foreign] }),
    );
    expect(found.exit_code).toBe(exitCode);
  });

  test("is not told of an action: nothing says whether it ran", () => {
    const found = verified(
      { changes: [packaged] },
      approve({ changes: [packaged], overrides: { action_invocations: [action()] } }),
    );
    expect(found.verification?.differences).toEqual([expect.stringMatching(/nor done: action\.acme_reboot\.now/)]);
  });

  test("is not told where values are sensitive", () => {
    const hidden = vmUpdate();
    const secret = { ...hidden, change: { ...hidden.change, after_sensitive: { internet_max_bandwidth_out: true } } };
    const found = verified(
      { changes: [packaged], prior: [stateResource(WEB, doneWeb)] },
      approve({ changes: [secret, packaged] }),
    );
    expect(found.exit_code).toBe(3);
  });

  test("never lets in what is new", () => {
    const found = verified(
      { changes: [change("aws_a.a", ["delete"], {}, null), packaged], prior: [stateResource(WEB, doneWeb)] },
      approve(both),
    );
    expect(found.verification?.differences[0]).toBe("In this plan, but not reviewed: aws_a.a: delete");
  });
});

describe("several stacks", () => {
  const build = (first: PlanOptions, second: PlanOptions, given?: unknown) =>
    buildReport([subject(first, null, "dev"), subject(second, null, "prod")], {
      name: "all",
      now: NOW,
      ...(given === undefined ? {} : { reviewed: reviewedOf(input(given), false) }),
    });

  test("the same address in two stacks is not taken for the other", () => {
    const approval = approvalOf(build(upgraded, { changes: [bmcUpdate()] }), NOW);
    const swapped = build({ changes: [bmcUpdate()] }, upgraded, approval);
    expect(swapped.verification).toMatchObject({ matches: true });
    const done = vm({ internet_max_bandwidth_out: 400 });
    const rest = build({ prior: [stateResource(WEB, done)] }, { changes: [bmcUpdate()] }, approval);
    expect(rest).toMatchObject({ exit_code: 2, verification: { matches: true, rest: [expect.any(String)] } });
    const elsewhere = build({}, { changes: [bmcUpdate()], prior: [stateResource(WEB, done)] }, approval);
    expect(elsewhere.exit_code).toBe(3);
  });
});

test("only the same plan file has what only apply knows, and its approval expires, too", () => {
  const open: PlanOptions = {
    changes: [change(WEB, ["create"], null, {}, { after_unknown: { changes: true } })],
  };
  const approval = approve(open);
  expect(verified(open, approval).exit_code).toBe(3);
  expect(verified(open, approval, { exact: true }).exit_code).toBe(2);
  expect(verified(open, approval, { exact: true, now: NOW + 8 * DAY }).exit_code).toBe(3);
  expect(verified({ ...open, prior: [webQuote] }, approval, { exact: true }).exit_code).toBe(3);
});

test("the same plan file is not dearer because its log is not given again", () => {
  const warned = { severity: "warning", summary: "charges about 1.00 now, at most 2.00", address: WEB } as const;
  const approval = approvalOf(report({ changes: [vmUpdate()] }, { diagnostics: [warned] }), NOW);
  expect(verified({ changes: [vmUpdate()] }, approval).exit_code).toBe(3);
  expect(verified({ changes: [vmUpdate()] }, approval, { exact: true })).toMatchObject({
    exit_code: 2,
    verification: { unchecked: [] },
  });
});

test("an action with an unknown value can only be approved as the same file", () => {
  const open: PlanOptions = { overrides: { action_invocations: [action({ config_unknown: { when: true } })] } };
  expect(verified(open, approve(open)).verification?.differences[0]).toMatch(/known only at apply.*--exact/);
  expect(verified(open, approve(open), { exact: true }).exit_code).toBe(2);
});
