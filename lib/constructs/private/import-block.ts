// An import block of our own. `importFrom` of cdktf runs `terraform version` once per resource and breaks with for_each and count.
import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import {
  addressOf,
  isLiteral,
  renderedOf,
  resolved,
  valueOf,
  type Form,
  type SpecificationElement,
} from "../../rendering";

/** `always`: whatever the id is. `known`: only where Terraform certainly knows the id while planning. */
export type ImportRule = "always" | "known";

/** Renders `import { to, id }`, so that the first plan shows real values before and after. */
export class ImportBlock extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly resource: SpecificationElement,
    private readonly rule: ImportRule,
  ) {
    super(scope, id);
  }

  public override toTerraform(): unknown {
    const id = this.importId("json");
    return id === null ? {} : { import: [{ to: addressOf(this.resource), id }] };
  }

  public override toHclTerraform(): unknown {
    const id = this.importId("hcl");
    if (id === null) return {};
    const to = { value: addressOf(this.resource), type: "simple", storageClassType: "reference" };
    return { import: [{ to, id: { value: id, type: "simple", storageClassType: "string" } }] };
  }

  /** Null where no block belongs: the resource is not rendered, imported by its author, or stands for several machines. */
  private importId(form: Form): string | null {
    const rendered = renderedOf(this.resource, form);
    if (rendered === null || rendered.imported) return null;
    const { attributes } = rendered;
    if (attributes["for_each"] !== undefined || attributes["count"] !== undefined) return null;
    const id = resolved(valueOf(attributes, "instance_id"), this);
    if (typeof id !== "string") return null;
    return this.rule === "always" || isLiteral(id) || comesFromOurDataSource(id) ? id : null;
  }
}

function comesFromOurDataSource(expression: string): boolean {
  return /^\$\{data\.zenlayer_(vm|bmc)_instances?\.[\w-]+[.[][^{}]*\}$/.test(expression);
}
