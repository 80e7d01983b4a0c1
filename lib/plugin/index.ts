// A Terraform plugin framework for TypeScript, protocol 6. It knows nothing of Zenlayer.
export type * from "./types";
