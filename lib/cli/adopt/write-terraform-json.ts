// Terraform's JSON: the same as HCL, with comments under "//", which Terraform does not read.
import type { AxisValue } from "../../engine";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../schema";
import { valuesOf } from "./choose";
import { commentText, jsonDocument, withoutTemplates } from "./escape";
import type { Inventory } from "./inventory";
import { commentsOf, preamble, skippedLines, type ProviderSettings } from "./words";
import { hclIdentifiers } from "./write-hcl";

type Block = { [name: string]: unknown };

export function writeTerraformJson(inventory: Inventory, settings: ProviderSettings): string {
  const { adopted, skipped } = inventory;
  const names = hclIdentifiers(adopted);
  const { common, own } = commentsOf(adopted, "terraform-json");
  const imports: Block[] = [];
  const resources: { [type: string]: Block } = {};
  adopted.forEach(({ instance, specifications }, index) => {
    const name = names[index] ?? "";
    const id = withoutTemplates(instance.instanceId);
    for (const { type, desired } of specifications) {
      imports.push({ to: `${type}.${name}`, id });
      const values = valuesOf(desired).map(([axis, value]): [string, AxisValue] => [
        axis,
        typeof value === "string" ? withoutTemplates(value) : value,
      ]);
      const notes = { "//": (own[index] ?? []).map(commentText) };
      resources[type] = { ...resources[type], [name]: { ...notes, instance_id: id, ...Object.fromEntries(values) } };
    }
  });
  const head = [
    ...preamble("terraform-json", inventory),
    ...common,
    ...(skipped.length === 0 ? [] : skippedLines(skipped)),
  ];
  const provider = Object.entries(settings).map(([name, value]) => [name, withoutTemplates(value)]);
  return jsonDocument({
    "//": head.map(commentText),
    terraform: { required_providers: { zenlayer: { source: PROVIDER_ADDRESS, version: PROVIDER_VERSION } } },
    provider: { zenlayer: Object.fromEntries(provider) as Block },
    import: imports,
    resource: resources,
  });
}
