// "Apply exactly what was reviewed": what keeps the digest, what changes it, and what a mismatch says.
import { createHash } from "node:crypto";
import {
  changesDigest,
  exactDigest,
  parseDigest,
  renderJson,
  reviewedOf,
  ReviewError,
  type Plan,
} from "../../../lib/review";
import { shownChanges } from "../../../lib/review/verdict/digest";
import { verify } from "../../../lib/review/verdict/verify";
import {
  bmcUpdate,
  cancel,
  change,
  data,
  planJson,
  quote,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, plan, report } from "../support";

const reviewed = plan({ changes: [vmUpdate(), bmcUpdate()], prior: [webQuote] });
const official = { provider: "registry.terraform.io/zenlayer/zenlayercloud" };

test.each<readonly [string, PlanOptions]>([
  [
    "planned at another time",
    { changes: [vmUpdate(), bmcUpdate()], prior: [webQuote], overrides: { timestamp: "2027-01-01T00:00:00Z" } },
  ],
  [
    "with other prices",
    { changes: [vmUpdate(), bmcUpdate()], prior: [quote("zenlayer_vm_spec_quote", "900000000000000001", [], [])] },
  ],
  ["in another order", { changes: [bmcUpdate(), vmUpdate()] }],
  [
    "with another date",
    { changes: [vmUpdate(), bmcUpdate([step(bmcStep(), { effective_at: "2027-01-01T00:00:00Z" })])] },
  ],
  [
    "with quiet resources beside",
    { changes: [vmUpdate(), bmcUpdate(), change("zenlayer_vm_instance_spec.quiet", ["no-op"], vm(), vm())] },
  ],
  [
    "with a data source to read",
    { changes: [vmUpdate(), bmcUpdate(), { ...change("data.x.y", ["read"], null, {}), mode: "data" }] },
  ],
  ["by another version", { changes: [vmUpdate(), bmcUpdate()], overrides: { terraform_version: "1.12.0" } }],
])("the same changes %s keep the digest", (_, options) => {
  expect(changesDigest([plan(options)])).toBe(changesDigest([reviewed]));
  expect(exactDigest([plan(options)])).not.toBe(exactDigest([reviewed]));
});

test.each<readonly [string, PlanOptions]>([
  ["another value", { changes: [vmUpdate([step(upgrade, { to: "500" })]), bmcUpdate()] }],
  ["another start", { changes: [vmUpdate([step(upgrade, { from: "300" })]), bmcUpdate()] }],
  ["another charge", { changes: [vmUpdate([step(upgrade, { charge: "unknown" })]), bmcUpdate()] }],
  ["another direction", { changes: [vmUpdate([step(upgrade, { direction: "lateral" })]), bmcUpdate()] }],
  ["another machine", { changes: [vmUpdate(undefined, { instance_id: "5" }), bmcUpdate()] }],
  ["one more step", { changes: [vmUpdate([step(cancel), step(upgrade, { step: 2 })]), bmcUpdate()] }],
  ["one change less", { changes: [vmUpdate()] }],
  ["another address", { changes: [{ ...vmUpdate(), address: "zenlayer_vm_instance_spec.other" }, bmcUpdate()] }],
  [
    "a machine destroyed by another provider",
    {
      changes: [
        vmUpdate(),
        bmcUpdate(),
        change("zenlayercloud_zvm_instance.a", ["delete"], { id: "1" }, null, official),
      ],
    },
  ],
  [
    "a machine adopted",
    {
      changes: [
        vmUpdate(),
        bmcUpdate(),
        change("zenlayer_vm_instance_spec.n", ["no-op"], vm(), vm(), { importing: { id: "3" } }),
      ],
    },
  ],
  [
    "a machine forgotten",
    { changes: [vmUpdate(), bmcUpdate(), change("zenlayer_vm_instance_spec.n", ["delete"], vm(), null)] },
  ],
])("%s changes the digest", (_, options) => {
  expect(changesDigest([plan(options)])).not.toBe(changesDigest([reviewed]));
});

test("cancelling by a destroy is not the same as forgetting", () => {
  const gone = (before: Values) =>
    changesDigest([plan({ changes: [change("zenlayer_vm_instance_spec.n", ["delete"], before, null)] })]);
  const pending = [{ axis: "instance_type", from: "b", to: "a", phase: "scheduled", effective_at: null }];
  expect(gone(vm({ pending, on_destroy: "cancel_scheduled" }))).not.toBe(gone(vm({ pending })));
});

test("several plans have one digest, whatever their order", () => {
  const other = plan({ changes: [bmcUpdate()] });
  expect(changesDigest([reviewed, other])).toBe(changesDigest([other, reviewed]));
  expect(changesDigest([reviewed, other])).not.toBe(changesDigest([reviewed]));
});

test("the exact digest of one plan is what sha256sum prints", () => {
  expect(exactDigest([reviewed])).toBe(`sha256:${createHash("sha256").update(reviewed.bytes).digest("hex")}`);
});

test("a sensitive value is covered by the digest, and not shown", () => {
  const secret = (value: string): Plan =>
    plan({
      changes: [
        change(
          "zenlayer_vm_instance_spec.web",
          ["update"],
          vm(),
          vm({ instance_type: value, changes: [step(upgrade, { axis: "instance_type", from: "a", to: value })] }),
          {
            after_sensitive: { instance_type: true },
          },
        ),
      ],
    });
  expect(changesDigest([secret("first-secret")])).not.toBe(changesDigest([secret("second-secret")]));
  expect(JSON.stringify(shownChanges(secret("first-secret")))).not.toContain("first-secret");
});

describe("verifying", () => {
  const digest = changesDigest([reviewed]);

  test("a plan that does the same is accepted", () => {
    const again = plan({ changes: [bmcUpdate(), vmUpdate()] });
    expect(verify([again], { digest, changes: null }, false)).toMatchObject({ matches: true, differences: [] });
  });

  test("the digest alone cannot tell what differs, and says how to learn it", () => {
    const found = verify([plan({ changes: [vmUpdate()] })], { digest, changes: null }, false);
    expect(found.matches).toBe(false);
    expect(found.differences[0]).toMatch(/give the JSON report/);
  });

  test("the report tells what differs", () => {
    const earlier = reviewedOf(input(renderJson(report({ changes: [vmUpdate(), bmcUpdate()] })), "review.json"), false);
    const found = verify([plan({ changes: [vmUpdate([step(upgrade, { to: "500" })]), bmcUpdate()] })], earlier, false);
    expect(found.differences).toEqual([
      "Reviewed, but not in this plan: zenlayer_vm_instance_spec.web: change machine 900000000000000001, upgrade internet_max_bandwidth_out 200 → 400 (charged_now)",
      "In this plan, but not reviewed: zenlayer_vm_instance_spec.web: change machine 900000000000000001, upgrade internet_max_bandwidth_out 200 → 500 (charged_now)",
    ]);
  });

  test("exactly the same file is demanded on request", () => {
    const again = plan({ changes: [vmUpdate(), bmcUpdate()], prior: [webQuote, data("zenlayer_balance", {})] });
    expect(verify([reviewed], { digest: exactDigest([reviewed]), changes: null }, true).matches).toBe(true);
    expect(verify([again], { digest: exactDigest([reviewed]), changes: null }, true).matches).toBe(false);
  });

  test("a digest of the wrong kind is recognised", () => {
    expect(verify([reviewed], { digest: exactDigest([reviewed]), changes: null }, false).differences).toEqual([
      "The digest is that of the plan file: add --exact.",
    ]);
    expect(verify([reviewed], { digest, changes: null }, true).differences[0]).toMatch(/another plan file/);
  });

  test("what only apply knows can be approved for the same file alone", () => {
    const open = plan({
      changes: [change("zenlayer_vm_instance_spec.web", ["create"], null, {}, { after_unknown: { changes: true } })],
    });
    expect(verify([open], { digest: changesDigest([open]), changes: null }, false)).toMatchObject({ matches: false });
    expect(verify([open], { digest: exactDigest([open]), changes: null }, true).matches).toBe(true);
  });

  test("a digest is read with and without its prefix", () => {
    const hex = "AB".repeat(32);
    expect(parseDigest(hex)).toBe(`sha256:${"ab".repeat(32)}`);
    expect(parseDigest(` sha256:${hex} `)).toBe(`sha256:${"ab".repeat(32)}`);
    expect(parseDigest("review.json")).toBeNull();
    expect(() => reviewedOf(input(planJson(), "plan.json"), false)).toThrow(/neither a digest nor a JSON report/);
  });
});

test.each([
  [
    "sha256:0000",
    /"sha256:0000" is not a digest: a digest is sha256: and 64 hexadecimal digits, and it has 4 \(cut off\?\)/,
  ],
  ["sha256:", /it has 0/],
  ["abcdef0123456789", /it has 16 \(cut off\?\)/],
  [`sha256:${"a".repeat(65)}`, /and it has 65\. Copy it/],
  [`sha256:${"g".repeat(64)}`, /and it has other characters/],
  ["SHA256:…", /it has other characters/],
])("%s is no digest, and no file is looked for", (text, reason) => {
  expect(() => parseDigest(text)).toThrow(ReviewError);
  expect(() => parseDigest(text)).toThrow(reason);
});

function bmcStep() {
  return {
    ...upgrade,
    action: "ModifyInstanceTrafficPackage",
    axis: "traffic_package_size",
    from: "10",
    to: "2.5",
    direction: "downgrade",
    takes_effect: "next_billing_cycle",
    charge: "none",
  };
}
