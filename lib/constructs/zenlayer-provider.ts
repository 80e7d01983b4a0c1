// The provider with what a user expects of it: it is found by `terraform init` without any setup, and holds no secret in clear text.
import type { Construct } from "constructs";
import { ZenlayerProvider as Provider, type ZenlayerProviderConfig } from "../bindings";
import { isLiteral, stackOf } from "../rendering";
import { mistakesInSettings } from "./private/provider-settings";
import { placePluginAtSynth } from "./private/plugin-placement";

export interface ZenlayerProviderProps extends ZenlayerProviderConfig {
  /**
   * Whether the provider's executable is placed inside the synthesised stack, where `terraform init` finds it.
   *
   * @default true. False: it comes from a registry, a mirror or `dev_overrides` of yours.
   */
  readonly plugin?: boolean | undefined;
}

/**
 * The `zenlayer` provider of a stack. All of its configuration is optional: what is left out comes from the environment
 * (`ZENLAYERCLOUD_ACCESS_KEY_ID`, `ZENLAYERCLOUD_ACCESS_KEY_PASSWORD`, `ZENLAYER_ENDPOINT`, …).
 *
 * Synthesis writes the provider's executable into the stack's directory (`terraform.d/plugins/…`, for Linux and macOS on amd64 and arm64),
 * so that `terraform init` needs no registry and no configuration.
 */
export class ZenlayerProvider extends Provider {
  /**
   * @param scope - The stack, or a construct inside it.
   * @param id - The construct id, unique in its scope.
   * @param props - The configuration.
   * @throws when a password or token is a literal (it would stand in clear text in the synthesised files and in plan files), and when a
   * literal setting can never be right; at synth also, when the stack has another configuration under the same alias.
   */
  public constructor(scope: Construct, id: string, props: ZenlayerProviderProps = {}) {
    const { plugin = true, ...config } = props;
    const stack = stackOf(scope);
    super(scope, id, config);
    this.refuseLiteralSecrets();
    this.refuseMistakes();
    if (plugin) placePluginAtSynth(stack, this.placed());
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.refuseAtSynth();
    return super.synthesizeAttributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.refuseAtSynth();
    return super.synthesizeHclAttributes();
  }

  /** Once more, since each of it can be set after the constructor. */
  private refuseAtSynth(): void {
    this.refuseLiteralSecrets();
    this.refuseMistakes();
    this.refuseSameAlias();
  }

  private refuseMistakes(): void {
    const mistakes = mistakesInSettings({
      endpoint: this.endpointInput,
      requestTimeout: this.requestTimeoutInput,
      maxRequestsPerSecond: this.maxRequestsPerSecondInput,
      maxRetries: this.maxRetriesInput,
      vmApiVersion: this.vmApiVersionInput,
      bmcApiVersion: this.bmcApiVersionInput,
    });
    if (mistakes.length > 0) throw new Error(`${this.node.path}: ${mistakes.join("; ")}`);
  }

  private refuseSameAlias(): void {
    const { alias } = this;
    const other = stackOf(this)
      .allProviders()
      .find((each) => each !== this && each.terraformResourceType === Provider.tfResourceType && each.alias === alias);
    if (other === undefined) return;
    const both = alias === undefined ? "have no alias" : `have the alias ${JSON.stringify(alias)}`;
    throw new Error(
      `${this.node.path}: this ZenlayerProvider and ${other.node.path} ${both}, and Terraform allows one configuration under each name: ` +
        `use one of the two for all, or give one of them an alias of its own and pass it as \`provider\``,
    );
  }

  private refuseLiteralSecrets(): void {
    const secrets = [
      ["accessKeyPassword", this.accessKeyPasswordInput, "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
      ["token", this.tokenInput, "ZENLAYER_TOKEN"],
    ] as const;
    for (const [prop, value, variable] of secrets) {
      if (value === undefined || !isLiteral(value)) continue;
      throw new Error(
        `${this.node.path}: ${prop} is a literal, which would stand in clear text in cdk.tf.json and in plan files: ` +
          `set the environment variable ${variable}, or pass a TerraformVariable with sensitive: true`,
      );
    }
  }

  private placed(): { readonly address: string; readonly version: string } {
    const address = this.terraformProviderSource;
    const version = this.terraformGeneratorMetadata?.providerVersion;
    if (address === undefined || version === undefined)
      throw new Error("the bindings name no provider address or version");
    return { address, version };
  }
}
