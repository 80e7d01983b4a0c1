// A Terraform plugin framework for TypeScript, protocol 6. It knows nothing of Zenlayer.
export type * from "./types";
export { decodeMsgpack, ValueError } from "./cty/decode";
export { encodeMsgpack } from "./cty/encode";
export { equalValues } from "./cty/equality";
export { parseExactJson, valueFromJson } from "./cty/json";
export { Decimal, isDecimal, numberFromText, numberText } from "./cty/number";
export { blockType } from "./cty/type";
export { isNull, isObject, isUnknown, isWhollyKnown, UNKNOWN, unknown } from "./cty/values";
export { createLogger } from "./log/logger";
export { maskSecrets, registerSecret } from "./log/secrets";
export { serveInProcess, type InProcessServer, type ServedProvider } from "./process/in-process";
export { servePlugin, type ServeOptions } from "./process/serve";
export type { ProviderSource } from "./process/plugin-server";
export { DiagnosticError } from "./server/diagnostics";
export { encodeSchema } from "./server/schema";
