// Guards for a stack, an app or any part of them, as aspects: `Aspects.of(app).add(new ForbidDowngrades())`. What they demand is applied where
// a specification renders (lib/rendering): these classes only say it.
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { brokenToken, COPY, GUARD, isBrokenToken, isLiteral, noteVisit, SynthesisError } from "../rendering";
import type { Demand, Guarding } from "../rendering";
import { checkProperties, shown, type Properties } from "./private/properties";

/** What a guard leaves alone. */
export interface GuardProps {
  /**
   * Constructs that the guard does not apply to, with all inside them.
   *
   * @default - none.
   */
  readonly except?: readonly IConstruct[] | undefined;
}

const PROPERTIES: Properties<GuardProps> = { except: "optional" };

abstract class Guard implements IAspect, Guarding {
  /** What it demands, for specifications of whatever copy of this package. */
  public readonly [GUARD]: Guarding[typeof GUARD];

  protected constructor(name: string, props: GuardProps, demand: Demand) {
    checkProperties("", name, props, PROPERTIES);
    const except: unknown = props.except ?? [];
    if (!Array.isArray(except)) {
      throw new SynthesisError("INVALID_VALUE", "", `${name}: except is ${shown(except)}, not a list of constructs`);
    }
    this[GUARD] = { ...COPY, name, demand, except: props.except ?? [] };
  }

  /** Called by the library for each construct of the tree. */
  public visit(construct: IConstruct): void {
    noteVisit(this, construct);
  }
}

/** Makes every downgrade an error of the plan, whatever the specification itself says. */
export class ForbidDowngrades extends Guard {
  /**
   * @param props - What the guard leaves alone.
   * @throws SynthesisError at synth, when it cannot act on a specification below it.
   */
  public constructor(props: GuardProps = {}) {
    super("ForbidDowngrades", props, { kind: "forbid-downgrades" });
  }
}

/** Refuses changes that would charge more than a limit at once, per specification. A lower limit of the specification itself stays. */
export class LimitImmediateCharge extends Guard {
  /**
   * @param limit - The limit per specification, in the account's currency, 0 or more. 0 means never charge.
   * @param props - What the guard leaves alone.
   * @throws SynthesisError when the limit is not a number from 0; at synth also when it cannot act on a specification below it.
   */
  public constructor(limit: number, props: GuardProps = {}) {
    const name = "LimitImmediateCharge";
    if (isBrokenToken(limit)) throw new SynthesisError("BROKEN_TOKEN", "", `${name}: ${brokenToken("the limit")}`);
    if (isLiteral(limit) && !(Number.isFinite(limit) && limit >= 0)) {
      throw new SynthesisError(
        "INVALID_VALUE",
        "",
        `${name}: ${shown(limit)} is not an amount: allowed is a number from 0 in the account's currency, for example 50`,
      );
    }
    super(name, props, { kind: "limit-immediate-charge", limit });
  }
}
