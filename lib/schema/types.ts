// The shape of a schema. Structurally the one of the plugin framework, so that these values can be handed to it without an import.

/** JSON form of a Terraform type. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list", Type]
  | readonly ["set", Type]
  | readonly ["map", Type]
  | readonly ["object", { readonly [name: string]: Type }]
  | readonly ["tuple", readonly Type[]];

export interface AttributeSchema {
  readonly type: Type;
  /** For users, in Markdown; becomes documentation, doc comments of the bindings and `terraform providers schema`. */
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: string;
  /** A change of this attribute replaces the resource. */
  readonly requiresReplace?: boolean;
}

export interface BlockSchema {
  readonly description?: string;
  readonly attributes: { readonly [name: string]: AttributeSchema };
  readonly blocks?: { readonly [name: string]: NestedBlockSchema };
}

export interface NestedBlockSchema {
  readonly nesting: "single" | "list" | "set" | "map" | "group";
  readonly block: BlockSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface ResourceSchema extends BlockSchema {
  readonly version: number;
}
