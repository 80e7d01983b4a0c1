// The order of machines: as people count, so that pool-2 stands before pool-10, and alike on every machine and in every language.

interface Named {
  readonly instance: { readonly instanceName: string; readonly instanceId: string };
}

/** By name, then by id. */
export function byName(a: Named, b: Named): number {
  return (
    natural(a.instance.instanceName, b.instance.instanceName) || natural(a.instance.instanceId, b.instance.instanceId)
  );
}

/** Digits by their number, all else by code units. */
function natural(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = piecewise(left[index] ?? "", right[index] ?? "");
    if (order !== 0) return order;
  }
  // What counts alike (web-1, web-01) still needs an order of its own.
  return left.length - right.length || compare(a, b);
}

function pieces(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function piecewise(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compare(a, b);
  // Of any length, which a number would round.
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compare(left, right);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
