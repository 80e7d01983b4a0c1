// The Zenlayer client: signing, transport, typed actions, one error table.
export { ZenlayerError, isZenlayerError } from "./errors";
export type { ZenlayerErrorFields } from "./errors";
export { systemClock } from "./clock";
export type { Clock } from "./clock";
export type { ClientOptions, Credentials, Log, LogLevel } from "./options";
export type * from "./types";
