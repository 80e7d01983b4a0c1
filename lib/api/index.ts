// The Zenlayer client: signing, transport, typed actions, one error table.
export { createClient, DEFAULT_BMC_API_VERSION, DEFAULT_VM_API_VERSION } from "./client";
export type { ClientOptions, Credentials, Log, LogLevel } from "./options";
export { resolveCredentials } from "./credentials";
export type { CredentialSources, ExplicitCredentials } from "./credentials";
export { homeDirectory } from "./home";
export type { ReadFile } from "./profile-files";
export { DEFAULT_ENDPOINT, resolveEndpoint } from "./endpoint";
export type { EndpointSources } from "./endpoint";
export { sign, SIGNATURE_METHOD } from "./signature";
export type { Signature, SignatureInput } from "./signature";
export { ZenlayerError, isZenlayerError } from "./errors";
export type { ZenlayerErrorFields } from "./errors";
export { ERROR_TABLE, findError, normaliseCode } from "./error-table";
export type { ErrorEntry } from "./error-table";
export { systemClock } from "./clock";
export type { Clock } from "./clock";
export type * from "./types";
