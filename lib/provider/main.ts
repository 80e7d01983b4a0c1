// The plugin executable: what Terraform starts. The build embeds the provider as text that is compiled for the first call that needs it, and the answer
// to GetProviderSchema ready made.

// eslint-disable-next-line no-restricted-imports -- the index would load the whole framework before the handshake
import { servePlugin } from "../plugin/process/serve";

/** In base64; put in by the build. A bundle that was made without it answers when asked. */
declare const SCHEMA_ANSWER: string | undefined;

servePlugin(
  () => import("./provider.js").then(({ createProvider }) => createProvider()),
  typeof SCHEMA_ANSWER === "string" ? { schemaAnswer: Buffer.from(SCHEMA_ANSWER, "base64") } : {},
);
