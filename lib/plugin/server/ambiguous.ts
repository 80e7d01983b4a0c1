// Numbers that may come back from us as others than core holds: the wire tells too little of them, and core would blame the provider.
import { isAmbiguous } from "../cty/binary";
import { isDecimal, numberText } from "../cty/number";
import { pathText } from "../cty/type";
import { isObject, valueAt } from "../cty/values";
import type { AttributePath, Diagnostics, ObjectValue, Value } from "../types";

/** Warns of such numbers in the configuration, unless they stand in the prior state already. */
export function warnOfAmbiguous(config: ObjectValue, prior: ObjectValue | null, diagnostics: Diagnostics): void {
  for (const { path, text } of ambiguousIn(config, [])) {
    const before = valueAt(prior ?? {}, path);
    if ((typeof before === "number" || isDecimal(before)) && numberText(before) === text) continue;
    diagnostics.warning(
      `${pathText(path).slice(1)} may be a number that Terraform does not recognise again`,
      `Terraform passes ${text} to providers, but may hold more digits of it, and then refuses the plan ("Provider produced invalid plan"). ` +
        'If so, round it where it is computed: tonumber(format("%.15g", …)).',
      path,
    );
  }
}

function ambiguousIn(value: Value, path: AttributePath): { readonly path: AttributePath; readonly text: string }[] {
  if (typeof value === "number") return isAmbiguous(value) ? [{ path, text: numberText(value) }] : [];
  if (Array.isArray(value)) return value.flatMap((element: Value, index) => ambiguousIn(element, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, element]) => ambiguousIn(element, [...path, key]));
}
