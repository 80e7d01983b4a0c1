// The official provider installs a machine anew by an "update": an alarm like a destroyed one.
import { collectFacts, renderMarkdown, reviewDocument } from "../../../lib/review";
import { change, type Values } from "../plans";
import { report, subject } from "../support";

const official = { provider: "registry.terraform.io/zenlayer/zenlayercloud" };

function alarms(type: string, before: Values, after: Values, extra = {}) {
  const changes = [
    change(`${type}.m`, ["update"], { id: "1", ...before }, { id: "1", ...after }, { ...official, ...extra }),
  ];
  return collectFacts([subject({ changes })]).alarms;
}

test.each<readonly [string, Values, Values, readonly string[]]>([
  ["zenlayercloud_zvm_instance", { image_id: "a" }, { image_id: "b" }, ["image_id"]],
  ["zenlayercloud_instance", { key_id: "a" }, { key_id: "b" }, ["key_id"]],
  // Imported without a hostname in the configuration: the default of the provider erases the machine.
  ["zenlayercloud_bmc_instance", { hostname: "db-1" }, { hostname: "Terraform-Instance" }, ["hostname"]],
  ["zenlayercloud_bmc_instance", { password: null }, { password: "x" }, ["password"]],
  ["zenlayercloud_bmc_instance", { ssh_keys: ["a"] }, { ssh_keys: [] }, ["ssh_keys"]],
  ["zenlayercloud_bmc_instance", { partitions: [{ size: 1 }] }, { partitions: [{ size: 2 }] }, ["partitions"]],
  [
    "zenlayercloud_zec_instance",
    { time_zone: "a", image_id: "a" },
    { time_zone: "b", image_id: "b" },
    ["image_id", "time_zone"],
  ],
])("%s: %o → %o erases the disk", (type, before, after, because) => {
  expect(alarms(type, before, after)).toMatchObject([{ effect: "erase", because_of: because, machine_id: "1" }]);
});

test.each<readonly [string, Values, Values]>([
  ["zenlayercloud_zvm_instance", { instance_name: "a", image_id: "i" }, { instance_name: "b", image_id: "i" }],
  ["zenlayercloud_zvm_instance", { hostname: "a" }, { hostname: "b" }],
  ["zenlayercloud_bmc_instance", { ssh_keys: [] }, { ssh_keys: null }],
  ["zenlayercloud_bmc_instance", { user_data: "" }, {}],
  ["aws_instance", { image_id: "a" }, { image_id: "b" }],
  ["zenlayercloud_bmc_subnet", { hostname: "a" }, { hostname: "b" }],
])("%s: %o → %o erases nothing", (type, before, after) => {
  expect(alarms(type, before, after)).toEqual([]);
});

test("a value that only apply knows may be another one", () => {
  expect(
    alarms("zenlayercloud_zvm_instance", { image_id: "a" }, {}, { after_unknown: { image_id: true } }),
  ).toHaveLength(1);
});

test("an import with an update in it is one", () => {
  expect(
    alarms(
      "zenlayercloud_bmc_instance",
      { hostname: "db" },
      { hostname: "Terraform-Instance" },
      { importing: { id: "1" } },
    ),
  ).toHaveLength(1);
});

test("the page says it above the fold, and says how to keep the disk", () => {
  const found = report({
    changes: [
      change(
        "zenlayercloud_bmc_instance.db",
        ["update"],
        { id: "900000000000000007", hostname: "db-1", instance_name: "db" },
        { id: "900000000000000007", hostname: "Terraform-Instance", instance_name: "db" },
        official,
      ),
    ],
  });
  expect(found).toMatchObject({ exit_code: 2, summary: "1 Zenlayer machine would be erased" });
  const text = renderMarkdown(reviewDocument(found))
    .replace(/<details>.*/s, "")
    .replaceAll("`", "")
    .replaceAll("\\", "");
  expect(text).toMatch(/🚨.*\[!CAUTION\].*disk erased.*machine db \(900000000000000007\); changed: hostname/s);
  expect(text).toContain("ignore_changes");
});
