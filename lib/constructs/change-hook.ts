// Runs a command after changes that were ordered. The trigger is `change_count`: a plan that orders nothing knows it, so that nothing runs, and
// one that orders the first change of a resource leaves it unknown, so that the command runs whatever the trigger was before.
import {
  TerraformProvider,
  Token,
  type ITerraformDependable,
  type LocalExecProvisioner,
  type TerraformResource,
} from "cdktf";
import { Construct } from "constructs";
import { pathOf, stackOf, SynthesisError } from "../rendering";
import { HookEngine } from "./choices";
import { checkedAfter } from "./private/after";
import { DataHook } from "./private/hook-elements";
import { allMachinesEnvironment, oneMachineEnvironment } from "./private/hook-environment";
import { LiteralCheck } from "./private/literals";
import { createNullHook, DEFAULT_ENGINE } from "./private/null-hook";
import { checkProperties, shown, type Properties } from "./private/properties";
import { escapedForTerraform } from "./private/shell";
import type { ISpecification, SpecificationResource } from "./specification";

/** What a hook runs. */
export interface ChangeHookProps {
  /**
   * The command, run on the machine that runs Terraform. Data never belongs into it: it comes in the environment, so that a name cannot
   * inject a command. `${NAME}` is the shell's; references of Terraform such as `${var.x}` and `${path.root}`, and tokens, are Terraform's.
   */
  readonly command: string;
  /**
   * Further environment variables.
   *
   * @default - none.
   */
  readonly environment?: { readonly [name: string]: string } | undefined;
  /**
   * Directory to run the command in.
   *
   * @default - the directory that Terraform runs in.
   */
  readonly workingDir?: string | undefined;
  /**
   * Interpreter and its arguments, for example `["/bin/bash", "-ec"]`.
   *
   * @default - `/bin/sh -c`.
   */
  readonly interpreter?: readonly string[] | undefined;
  /**
   * The resource that runs the command.
   *
   * @default HookEngine.NULL_RESOURCE; with cdktf-zenlayer/cdktn HookEngine.TERRAFORM_DATA, the only one there
   */
  readonly engine?: HookEngine | undefined;
  /**
   * The provider configuration of `null_resource`.
   *
   * @default - the stack's default one, which is added when there is none.
   */
  readonly provider?: TerraformProvider | undefined;
}

/** What a hook runs, and after what. */
export interface ChangeHookFullProps extends ChangeHookProps {
  /** The specifications after whose changes the command runs. At least one, each of one machine. */
  readonly after: readonly ISpecification[];
}

/**
 * Runs a command once after each apply that ordered a change of one of the given specifications, and once when it is first added. It also runs
 * after a replacement or a new import of a specification, and where the plan cannot know the calls.
 * When it fails, the apply fails, whatever depends on the hook waits, and the next apply runs it again. (When the change fails before its
 * turn comes, the next apply runs it too.)
 *
 * The command's environment has, for a hook of one specification: `ZENLAYER_INSTANCE_ID`, `ZENLAYER_INSTANCE_NAME`,
 * `ZENLAYER_ORDER_NUMBERS` (JSON list), `ZENLAYER_FROM` and `ZENLAYER_TO` (JSON objects: attribute → value as text). For a hook of
 * several: `ZENLAYER_MACHINES`, a JSON list of objects `instance_id`, `instance_name`, `order_numbers`, `from`, `to`. A list too long for
 * one variable (128 KiB: some 480 changed machines) comes in parts instead: `ZENLAYER_MACHINES_COUNT` says how many, and the texts of
 * `ZENLAYER_MACHINES_1`, `ZENLAYER_MACHINES_2` and so on together are the list. Orders, from and to are those of a machine's last change,
 * and empty when it was never changed.
 */
export class ChangeHook extends Construct implements ITerraformDependable {
  /** The L1 resource, for all that this class does not offer: a `null_resource` or a `terraform_data`. */
  public readonly resource: TerraformResource;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - What to run, and after what.
   * @throws SynthesisError when there is nothing to run or nothing to run it after, a specification stands in another stack, the command has a
   * form that Terraform refuses, and when `environment` names a variable of ours; and at synth, when the data of so many machines fit no environment.
   */
  public constructor(scope: Construct, id: string, props: ChangeHookFullProps) {
    super(scope, id);
    stackOf(this);
    checkProperties(this.node.path, "ChangeHook", props, PROPERTIES);
    const after = checkedAfter(this, props.after);
    const provider = props.provider ?? undefined;
    if (provider !== undefined && !TerraformProvider.isTerraformProvider(provider))
      this.refuse("provider", provider, "the NullProvider that null_resource is to use");
    new LiteralCheck(this).choice("engine", props.engine, Object.values(HookEngine)).throwMistakes();
    const [first] = after;
    const machine =
      after.length === 1 && first !== undefined ? oneMachineEnvironment(first) : allMachinesEnvironment(this, after);
    const config = { after, triggers: triggers(after), provisioner: this.provisioner(props, machine), provider };
    this.resource =
      (props.engine ?? DEFAULT_ENGINE) === HookEngine.TERRAFORM_DATA
        ? new DataHook(this, "Default", config)
        : createNullHook(this, "Default", config);
  }

  /** Terraform's address of the hook (token): lets it stand in `dependsOn` of others, which then wait until the command succeeded. */
  public get fqn(): string {
    return this.resource.fqn;
  }

  private provisioner(props: ChangeHookProps, machine: { readonly [name: string]: string }): LocalExecProvisioner {
    const environment: { readonly [name: string]: string } = props.environment ?? {};
    const interpreter: readonly string[] = props.interpreter ?? [];
    if (typeof environment !== "object" || Array.isArray(environment))
      this.refuse("environment", environment, "names and texts");
    if (!Array.isArray(interpreter)) this.refuse("interpreter", interpreter, "a list of texts");
    const taken = Object.keys(environment).filter((name) => name in machine);
    if (taken.length > 0) {
      throw this.mistake(`environment sets ${taken.join(", ")}, which the hook sets itself: use another name`);
    }
    const command = this.text("command", props.command);
    if (command.trim() === "") throw this.mistake("command is empty: give the command to run");
    const texts = Object.entries(environment).map(([name, value]) => [name, this.text(`environment.${name}`, value)]);
    return {
      type: "local-exec",
      command,
      environment: { ...(Object.fromEntries(texts) as typeof environment), ...machine },
      ...(props.workingDir ? { workingDir: this.text("workingDir", props.workingDir) } : {}),
      ...(props.interpreter ? { interpreter: interpreter.map((each) => this.text("interpreter", each)) } : {}),
    };
  }

  private text(what: string, value: unknown): string {
    if (typeof value !== "string") return this.refuse(what, value, "text");
    return escapedForTerraform(value, this.node.path, what);
  }

  private refuse(what: string, value: unknown, wanted: string): never {
    throw this.mistake(`${what} is ${shown(value)}: it takes ${wanted}`);
  }

  private mistake(problem: string): SynthesisError {
    return new SynthesisError("INVALID_VALUE", this.node.path, problem);
  }
}

const PROPERTIES: Properties<ChangeHookFullProps> = {
  command: "required",
  environment: "optional",
  workingDir: "optional",
  interpreter: "optional",
  engine: "optional",
  provider: "optional",
  after: "required",
};

/** One resource: its count alone. Several: a count each, by construct path. */
function triggers(after: readonly SpecificationResource[]): { [name: string]: string } {
  const count = (resource: SpecificationResource): string =>
    Token.asString(resource.interpolationForAttribute("change_count"));
  const [first] = after;
  if (after.length === 1 && first !== undefined) return { change_count: count(first) };
  return Object.fromEntries(after.map((resource) => [pathOf(resource), count(resource)]));
}
