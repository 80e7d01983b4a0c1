// Guards for a whole stack, as aspects: `Aspects.of(stack).add(new ForbidDowngrades())`.
import { Fn, Token, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { BmcBandwidth, BmcTrafficPackage, VmInstanceSpec } from "../bindings";
import { OnDowngrade } from "./choices";
import { isLiteral } from "./private/literals";
import type { SpecificationResource } from "./specification";

/** What a guard leaves alone. */
export interface GuardProps {
  /**
   * Constructs that the guard does not apply to, with all inside them.
   *
   * @default - none.
   */
  readonly except?: readonly IConstruct[];
}

abstract class Guard implements IAspect {
  private readonly except: readonly IConstruct[];

  protected constructor({ except = [] }: GuardProps) {
    this.except = except;
  }

  /** Called by the library for each construct of the tree. */
  public visit(construct: IConstruct): void {
    if (isSpecificationResource(construct) && !construct.node.scopes.some((scope) => this.except.includes(scope))) {
      this.guard(construct);
    }
  }

  protected abstract guard(resource: SpecificationResource): void;
}

/** Makes every downgrade an error of the plan, whatever the specification itself says. */
export class ForbidDowngrades extends Guard {
  /** @param props - What the guard leaves alone. */
  public constructor(props: GuardProps = {}) {
    super(props);
  }

  protected guard(resource: SpecificationResource): void {
    resource.onDowngrade = OnDowngrade.DENY;
  }
}

/** Refuses changes that would charge more than a limit at once, per specification. A lower limit of the specification itself stays. */
export class LimitImmediateCharge extends Guard {
  private readonly applied = new WeakSet<SpecificationResource>();

  /**
   * @param limit - The limit per specification, in the account's currency, 0 or more. 0 means never charge.
   * @param props - What the guard leaves alone.
   * @throws when the limit is not a number from 0.
   */
  public constructor(
    private readonly limit: number,
    props: GuardProps = {},
  ) {
    super(props);
    if (isLiteral(limit) && !(Number.isFinite(limit) && limit >= 0)) {
      throw new Error(
        `LimitImmediateCharge: ${limit} is not an amount: allowed is a number from 0 in the account's currency, for example 50`,
      );
    }
  }

  protected guard(resource: SpecificationResource): void {
    if (this.applied.has(resource)) return;
    this.applied.add(resource);
    const own = resource.maxImmediateChargeInput;
    if (own === undefined) resource.maxImmediateCharge = this.limit;
    else if (isLiteral(own) && isLiteral(this.limit)) resource.maxImmediateCharge = Math.min(own, this.limit);
    else resource.maxImmediateCharge = Token.asNumber(Fn.min([own, this.limit]));
  }
}

function isSpecificationResource(construct: IConstruct): construct is SpecificationResource {
  return (
    construct instanceof VmInstanceSpec || construct instanceof BmcTrafficPackage || construct instanceof BmcBandwidth
  );
}
