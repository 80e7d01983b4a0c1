// The provider with what a user expects of it: it is found by `terraform init` without any setup, and holds no secret in clear text.
import type { Construct } from "constructs";
import { ZenlayerProvider as Provider, type ZenlayerProviderConfig } from "../bindings";
import { stackOf, SynthesisError } from "../rendering";
import { providersOf } from "./private/other-stacks";
import { mistakesInSettings, PROPERTIES, wrongKinds } from "./private/provider-settings";
import { checkProperties } from "./private/properties";
import { carryPlugin } from "./private/plugin-at-synth";
import { builtPlugin } from "./private/plugin-placement";
import { clearText, renderedValues, SECRETS } from "./private/secrets";

/** Configuration of the provider, and whether its plugin travels with the stack. */
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
 * Synthesis writes the provider's executable into the stack's directory (`terraform.d/plugins/…`, for Linux, macOS and Windows on amd64 and arm64) and
 * locks it in `.terraform.lock.hcl`, so that `terraform init` needs no registry and no configuration.
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
    const { plugin, ...config } = props ?? {};
    stackOf(scope);
    super(scope, id, config);
    checkProperties(this.node.path, "ZenlayerProvider", props, PROPERTIES);
    const wrong = wrongKinds({ ...props });
    if (wrong.length > 0) throw new SynthesisError("INVALID_VALUE", this.node.path, wrong.join("; "));
    this.refuseLiteralSecrets(super.toTerraform());
    this.refuseMistakes();
    if (plugin ?? true) carryPlugin(this, () => builtPlugin(this.node.path));
  }

  /** Called by the library when it synthesises JSON. */
  public override toTerraform(): unknown {
    return this.checked(super.toTerraform());
  }

  /** Called by the library when it synthesises HCL. */
  public override toHclTerraform(): unknown {
    return this.checked(super.toHclTerraform());
  }

  /** Once more, since each of it can be set after the constructor. */
  private checked(output: unknown): unknown {
    this.refuseLiteralSecrets(output);
    this.refuseMistakes();
    this.refuseSameAlias();
    return output;
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
    if (mistakes.length > 0) throw new SynthesisError("INVALID_VALUE", this.node.path, mistakes.join("; "));
  }

  private refuseSameAlias(): void {
    const { alias } = this;
    const all = providersOf(stackOf(this), Provider.tfResourceType);
    const other = all.find((each) => each !== this && each.alias === alias);
    if (other === undefined) return;
    const both = alias === undefined ? "have no alias" : `have the alias ${JSON.stringify(alias)}`;
    throw new SynthesisError(
      "DUPLICATE_NAME",
      this.node.path,
      `this ZenlayerProvider and ${other.node.path} ${both}, and Terraform allows one configuration under each name: ` +
        `use one of the two for all, or give one of them an alias of its own and pass it as \`provider\``,
    );
  }

  /** Judged by what is rendered: after overrides, and with what stands behind variables and locals. */
  private refuseLiteralSecrets(output: unknown): void {
    for (const { attribute, prop, variable } of SECRETS) {
      for (const value of renderedValues(this, output, attribute)) {
        const found = clearText(value, stackOf(this));
        if (found === null) continue;
        throw new SynthesisError(
          "LITERAL_SECRET",
          this.node.path,
          `${prop} is ${found}, which would stand in clear text in cdk.tf.json and in plan files: ` +
            `set the environment variable ${variable}, or pass a TerraformVariable with sensitive: true and without a default`,
        );
      }
    }
  }
}
