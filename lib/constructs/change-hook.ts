// Runs a command after changes that were ordered. The trigger is `change_count`, which every plan knows: a trigger that may be unknown
// would run the hook although nothing changed.
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import {
  Aspects,
  DataResource,
  Token,
  type IAspect,
  type ITerraformDependable,
  type LocalExecProvisioner,
  type TerraformProvider,
  type TerraformStack,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { stackOf } from "../rendering";
import { HookEngine } from "./choices";
import { allMachinesEnvironment, oneMachineEnvironment } from "./private/hook-environment";
import type { ISpecification, SpecificationResource } from "./specification";

/** What a hook runs. */
export interface ChangeHookProps {
  /**
   * The command, run on the machine that runs Terraform. Data never belongs into it: it comes in the environment, so that a name cannot
   * inject a command.
   */
  readonly command: string;
  /**
   * Further environment variables.
   *
   * @default - none.
   */
  readonly environment?: { readonly [name: string]: string };
  /**
   * Directory to run the command in.
   *
   * @default - the directory that Terraform runs in.
   */
  readonly workingDir?: string;
  /**
   * Interpreter and its arguments, for example `["/bin/bash", "-ec"]`.
   *
   * @default - `/bin/sh -c`.
   */
  readonly interpreter?: string[];
  /**
   * The resource that runs the command.
   *
   * @default HookEngine.NULL_RESOURCE
   */
  readonly engine?: HookEngine;
  /**
   * The provider configuration of `null_resource`.
   *
   * @default - the stack's default one, which is added when there is none.
   */
  readonly provider?: TerraformProvider;
}

/** What a hook runs, and after what. */
export interface ChangeHookFullProps extends ChangeHookProps {
  /** The specifications after whose changes the command runs. At least one, each of one machine. */
  readonly after: readonly ISpecification[];
}

/**
 * Runs a command once after each apply that ordered a change of one of the given specifications, and once when it is first added.
 * When it fails, the apply fails, whatever depends on the hook waits, and the next apply runs it again. (When the change fails before its
 * turn comes, the next apply runs it too.)
 *
 * The command's environment has, for a hook of one specification: `ZENLAYER_INSTANCE_ID`, `ZENLAYER_INSTANCE_NAME`,
 * `ZENLAYER_ORDER_NUMBERS` (JSON list), `ZENLAYER_FROM` and `ZENLAYER_TO` (JSON objects: attribute → value as text). For a hook of
 * several: `ZENLAYER_MACHINES`, a JSON list of objects `instance_id`, `instance_name`, `order_numbers`, `from`, `to`. Orders,
 * from and to are those of a machine's last change, and empty when it was never changed.
 */
export class ChangeHook extends Construct implements ITerraformDependable {
  /** The L1 resource, for all that this class does not offer. */
  public readonly resource: Resource | DataResource;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - What to run, and after what.
   * @throws when there is nothing to run or nothing to run it after, and when `environment` names a variable of ours.
   */
  public constructor(scope: Construct, id: string, props: ChangeHookFullProps) {
    super(scope, id);
    const stack = stackOf(this);
    const { engine = HookEngine.NULL_RESOURCE, provider } = props;
    const after = props.after.map(({ resource }) => resource);
    const [first] = after;
    if (first === undefined)
      throw new Error(`${this.node.path}: after is empty: name the specifications to run the command after`);
    if (props.command.trim() === "") throw new Error(`${this.node.path}: command is empty: give the command to run`);
    const machine = after.length === 1 ? oneMachineEnvironment(first) : allMachinesEnvironment(after);
    const provisioner = this.provisioner(props, machine);
    if (engine === HookEngine.TERRAFORM_DATA) {
      this.resource = new DataResource(this, "Default", {
        triggersReplace: triggers(after),
        provisioners: [provisioner],
      });
      return;
    }
    if (provider === undefined) addNullProviderWhereMissing(stack);
    this.resource = new Resource(this, "Default", {
      triggers: triggers(after),
      provisioners: [provisioner],
      ...(provider === undefined ? {} : { provider }),
    });
  }

  /** Terraform's address of the hook (token): lets it stand in `dependsOn` of others, which then wait until the command succeeded. */
  public get fqn(): string {
    return this.resource.fqn;
  }

  private provisioner(props: ChangeHookProps, machine: { readonly [name: string]: string }): LocalExecProvisioner {
    const { command, environment = {}, workingDir, interpreter } = props;
    const taken = Object.keys(environment).filter((name) => name in machine);
    if (taken.length > 0) {
      throw new Error(
        `${this.node.path}: environment sets ${taken.join(", ")}, which the hook sets itself: use another name`,
      );
    }
    return {
      type: "local-exec",
      command,
      environment: { ...environment, ...machine },
      ...(workingDir === undefined ? {} : { workingDir }),
      ...(interpreter === undefined ? {} : { interpreter }),
    };
  }
}

/** One resource: its count alone. Several: a count each, by construct path. */
function triggers(after: readonly SpecificationResource[]): { [name: string]: string } {
  const count = (resource: SpecificationResource): string =>
    Token.asString(resource.interpolationForAttribute("change_count"));
  const [first] = after;
  if (after.length === 1 && first !== undefined) return { change_count: count(first) };
  return Object.fromEntries(after.map((resource) => [pathOf(resource), count(resource)]));
}

/** The path that a reader of the plan knows: that of the construct around the resource. */
function pathOf({ node }: SpecificationResource): string {
  return node.id === "Default" && node.scope !== undefined ? node.scope.node.path : node.path;
}

const stacks = new WeakSet<TerraformStack>();

/** Decided at synth, so that a provider which the program adds later is not doubled. */
function addNullProviderWhereMissing(stack: TerraformStack): void {
  if (stacks.has(stack)) return;
  stacks.add(stack);
  Aspects.of(stack).add(new NullProviderWhereMissing(stack));
}

class NullProviderWhereMissing implements IAspect {
  public constructor(private readonly stack: TerraformStack) {}

  public visit(construct: IConstruct): void {
    if (construct !== this.stack) return;
    const providers = this.stack.allProviders();
    if (providers.some(({ terraformResourceType, alias }) => terraformResourceType === "null" && alias === undefined))
      return;
    new NullProvider(this.stack, "cdktf-zenlayer-null");
  }
}
