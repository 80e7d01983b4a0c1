// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { LookupElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a data source `zenlayer_balance`. */
export interface DataZenlayerBalanceConfig extends MetaArguments {
}

/** The balance of the account that the credentials belong to. Terraform: `zenlayer_balance`. */
export class DataZenlayerBalance extends LookupElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_balance";

  /**
   * Generates the import block for one `zenlayer_balance`, to be used with `terraform plan -generate-config-out`.
   * @param scope - The scope in which to define this construct.
   * @param importToId - The construct id used in the generated configuration.
   * @param importFromId - The import id: the id of the machine.
   * @param provider - The provider configuration to import with, where there are several.
   */
  public static generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: cdktf.TerraformProvider,
  ): cdktf.ImportableResource {
    return new cdktf.ImportableResource(scope, importToId, {
      terraformResourceType: DataZenlayerBalance.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }


  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: DataZenlayerBalanceConfig = {}) {
    super(scope, id, {
      terraformResourceType: "zenlayer_balance",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
  }

  /** Cash. */
  public get cashBalance(): number {
    return this.getNumberAttribute("cash_balance");
  }

  /** Credit granted by Zenlayer. */
  public get creditValue(): number {
    return this.getNumberAttribute("credit_value");
  }

  /** What can be spent: cash plus credit. */
  public get purchasingPower(): number {
    return this.getNumberAttribute("purchasing_power");
  }

  /** Part that is frozen for orders not yet paid. */
  public get frozenAmount(): number {
    return this.getNumberAttribute("frozen_amount");
  }

  /** Currency of the amounts. */
  public get currency(): string {
    return this.getStringAttribute("currency");
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const attributes: { [name: string]: { readonly value: unknown; readonly [fact: string]: unknown } } = {
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
