// From the properties of a specification to the attributes of its resource and of its quote.
import type { ITerraformDependable } from "cdktf";
import type { QuoteProps, SpecificationProps, SpecificationTimeouts } from "../specification-props";
import { withoutUndefined } from "./given";
import { checkProperties, type Properties } from "./properties";

/** Properties that all specifications have. */
export const SHARED_PROPERTIES: Properties<SpecificationProps> = {
  onDowngrade: "optional",
  maxImmediateCharge: "optional",
  onDestroy: "optional",
  timeouts: "optional",
  import: "optional",
  quote: "optional",
  provider: "optional",
  dependsOn: "optional",
  lifecycle: "optional",
  forEach: "optional",
  count: "optional",
};

const TIMEOUTS: Properties<SpecificationTimeouts> = {
  create: "optional",
  read: "optional",
  update: "optional",
  delete: "optional",
};

const QUOTE: Properties<QuoteProps> = { always: "optional" };

/** @throws when a nested object has a property that does not exist. */
export function checkNested(path: string, { timeouts, quote }: SpecificationProps): void {
  if (timeouts !== undefined && timeouts !== null) checkProperties(path, "timeouts", timeouts, TIMEOUTS);
  if (typeof quote === "object" && quote !== null) checkProperties(path, "quote", quote, QUOTE);
}

/** Attributes of the resource, without the machine and the desired values. */
export type ResourceConfig = ReturnType<typeof resourceConfig>;

export function resourceConfig(props: SpecificationProps) {
  const { onDowngrade, maxImmediateCharge, onDestroy, timeouts, provider, lifecycle, forEach, count } = props;
  const dependsOn: ITerraformDependable[] | undefined = props.dependsOn?.slice();
  return withoutUndefined({
    onDowngrade,
    maxImmediateCharge,
    onDestroy,
    timeouts: timeouts ? withoutUndefined(timeouts) : undefined,
    dependsOn,
    lifecycle,
    provider,
    forEach,
    count,
  });
}

/** Whether and how prices are asked; null when no quote is wanted. The rest of a quote follows the resource. */
export function quoteConfig({ quote }: SpecificationProps): { readonly always?: boolean } | null {
  if (quote === false) return null;
  return withoutUndefined({ always: typeof quote === "object" && quote !== null ? quote.always : undefined });
}
