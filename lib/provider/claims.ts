// Two resources of one type for one machine would undo each other's work forever: refused in the plan that shows both.

import { equalValues, type ObjectValue } from "../plugin";

interface Claim {
  /** The resource's own token; null for one that is not in state yet. */
  readonly token: string | null;
  readonly config: ObjectValue;
}

export class Claims {
  private readonly claims = new Map<string, Claim[]>();

  /** False when another resource has planned this machine. */
  claim(typeName: string, instanceId: string, token: string | null, config: ObjectValue): boolean {
    const key = `${typeName}/${instanceId}`;
    const others = this.claims.get(key) ?? [];
    const mine: Claim = { token, config };
    const foreign = others.filter((other) => !isSameResource(other, mine));
    if (foreign.length > 0) return false;
    this.claims.set(key, [...others, mine]);
    return true;
  }
}

/**
 * A resource that is replaced is planned twice, with its token and then as new with the same configuration: that is one resource.
 * Two new ones are two.
 */
function isSameResource(a: Claim, b: Claim): boolean {
  if (a.token !== null && b.token !== null) return a.token === b.token;
  if (a.token === null && b.token === null) return false;
  return equalValues(a.config, b.config);
}
