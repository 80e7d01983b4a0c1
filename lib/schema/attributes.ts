// The two sorts of attribute that most are, in one call each.
import type { AttributeSchema, Type } from "./types";

/** What the provider tells. */
export function computed(type: Type, description: string): AttributeSchema {
  return { type, computed: true, description };
}

/** What a configuration may leave out. */
export function optional(type: Type, description: string): AttributeSchema {
  return { type, optional: true, description };
}
