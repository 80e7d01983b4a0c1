// From the properties of a specification to the attributes of its resource and of its quote. What is not given is left out.
import type { QuoteProps, SpecificationProps, SpecificationTimeouts } from "../specification-props";

type Placement = Pick<SpecificationProps, "provider" | "forEach" | "count">;

interface ResourceConfig extends Placement, Pick<SpecificationProps, "dependsOn" | "lifecycle"> {
  readonly onDowngrade: string | undefined;
  readonly maxImmediateCharge: number | undefined;
  readonly onDestroy: string | undefined;
  readonly timeouts: SpecificationTimeouts | undefined;
}

interface QuoteConfig extends Placement {
  readonly always: boolean | undefined;
}

/** Attributes of the resource, without the machine and the desired values. */
export function resourceConfig(props: SpecificationProps): ResourceConfig {
  const { onDowngrade, maxImmediateCharge, onDestroy, timeouts, dependsOn, lifecycle } = props;
  return {
    onDowngrade,
    maxImmediateCharge,
    onDestroy,
    timeouts,
    ...placement(props),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
  };
}

/**
 * Attributes of the quote, without the machine and the desired values; null when no quote is wanted. Never references to the resource and
 * never its `dependsOn`: the quote would be read only during apply.
 */
export function quoteConfig(props: SpecificationProps): QuoteConfig | null {
  const quote: boolean | QuoteProps = props.quote ?? true;
  if (quote === false) return null;
  return { always: quote === true ? undefined : quote.always, ...placement(props) };
}

function placement({ provider, forEach, count }: SpecificationProps): Placement {
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(forEach === undefined ? {} : { forEach }),
    ...(count === undefined ? {} : { count }),
  };
}
