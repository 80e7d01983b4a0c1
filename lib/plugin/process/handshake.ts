// What the environment asks of a plugin, and the line that answers it (HashiCorp go-plugin, core protocol 1).

const COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
export const PROTOCOL_VERSION = 6;

export type Address =
  { readonly network: "unix"; readonly address: string } | { readonly network: "tcp"; readonly address: string };

/** Why this start cannot work, as a sentence about the provider of an address; null when Terraform started us and understands us. */
export function startProblem(environment: NodeJS.ProcessEnv): ((address: string) => string) | null {
  if (environment[COOKIE_NAME] !== COOKIE) {
    return (address) =>
      `This is the Terraform provider ${address}. It is started by Terraform and does nothing by itself: ` +
      "run terraform, or start it with --debug to attach a debugger.";
  }
  const versions = environment["PLUGIN_PROTOCOL_VERSIONS"];
  if (versions !== undefined && versions !== "" && !versions.split(",").includes(String(PROTOCOL_VERSION))) {
    return (address) =>
      `The provider ${address} speaks plugin protocol ${PROTOCOL_VERSION}, but this Terraform offers only ${versions}. ` +
      "Use Terraform 1.0 or later.";
  }
  return null;
}

/** One line on stdout; the certificate in base64 without padding, as Terraform wants it. */
export function handshakeLine(address: Address, certificate: Buffer | null, environment: NodeJS.ProcessEnv): string {
  const fields = [
    "1",
    String(PROTOCOL_VERSION),
    address.network,
    address.address,
    "grpc",
    certificate === null ? "" : certificate.toString("base64").replace(/=+$/, ""),
  ];
  // Whoever sets it wants to hear whether we multiplex the broker: we do not.
  if ((environment["PLUGIN_MULTIPLEX_GRPC"] ?? "") !== "") fields.push("false");
  return `${fields.join("|")}\n`;
}
