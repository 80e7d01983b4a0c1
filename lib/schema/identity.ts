// Who the provider is. The version is rendered into every synthesised stack, so it must be the one that is published.

/** Equals the version of package.json (a test compares them). */
export const PROVIDER_VERSION = "0.1.0";

/** Written with its host, so that OpenTofu finds the same provider. */
export const PROVIDER_ADDRESS = "registry.terraform.io/cdktf-zenlayer/zenlayer";
