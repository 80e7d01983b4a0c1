// An import block of our own. `importFrom` of cdktf runs `terraform version` once per resource and breaks with for_each and count.
import { DefaultTokenResolver, StringConcat, TerraformElement, Tokenization, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { isLiteral } from "./literals";

/** `always`: whatever the id is. `known`: only where Terraform certainly knows the id while planning. */
export type ImportRule = "always" | "known";

/** Renders `import { to, id }`, so that the first plan shows real values before and after. */
export class ImportBlock extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly resource: TerraformResource,
    private readonly importId: string,
    private readonly rule: ImportRule,
  ) {
    super(scope, id);
  }

  public override toTerraform(): unknown {
    return this.applies() ? { import: [{ to: this.address, id: this.importId }] } : {};
  }

  public override toHclTerraform(): unknown {
    if (!this.applies()) return {};
    const to = { value: this.address, type: "simple", storageClassType: "reference" };
    return { import: [{ to, id: { value: this.importId, type: "simple", storageClassType: "string" } }] };
  }

  private get address(): string {
    return `${this.resource.terraformResourceType}.${this.resource.friendlyUniqueId}`;
  }

  private applies(): boolean {
    if (this.resource.forEach !== undefined || this.resource.count !== undefined) return false;
    return this.rule === "always" || isLiteral(this.importId) || this.comesFromOurDataSource();
  }

  private comesFromOurDataSource(): boolean {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const text: unknown = Tokenization.resolve(this.importId, { scope: this, resolver });
    return typeof text === "string" && /^\$\{data\.zenlayer_(vm|bmc)_instances?\.[\w-]+[.[][^{}]*\}$/.test(text);
  }
}
