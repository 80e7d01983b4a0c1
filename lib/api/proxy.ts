// Which proxy a request goes through, by the variables that every tool of the same job reads, and as Go programs and curl read them.
import { BlockList, isIP } from "node:net";
import { ZenlayerError } from "./errors";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxy {
  /** For messages: address and variable, without user name and password. */
  readonly shown: string;
  /** TLS to the proxy itself. */
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Value of Proxy-Authorization; null without a user name. */
  readonly authorization: string | null;
}

/**
 * HTTPS_PROXY or HTTP_PROXY by the scheme of the target, then ALL_PROXY, unless NO_PROXY names the target; lower-case names first. A proxy without a scheme
 * speaks HTTP. A SOCKS address in ALL_PROXY is meant for other tools and ignored.
 *
 * @throws ZenlayerError `PROXY_INVALID`
 */
export function proxyFor(target: URL, env: Environment): Proxy | null {
  const own = target.protocol === "https:" ? "https_proxy" : "http_proxy";
  const [variable, value] = firstOf(env, [own, own.toUpperCase(), "all_proxy", "ALL_PROXY"]);
  if (value === "" || isDirect(target, env)) return null;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    throw invalid(`${variable} is not the address of a proxy.`);
  }
  const scheme = url.protocol.slice(0, -1);
  const shown = `${scheme}://${url.host}`;
  if (/^socks/.test(scheme) && /^all_proxy$/i.test(variable)) return null;
  if (scheme !== "http" && scheme !== "https")
    throw invalid(
      `${variable} is ${shown}, and requests to Zenlayer go through ${/^socks/.test(scheme) ? "no SOCKS proxy" : "HTTP proxies only"}.`,
    );
  if (url.hostname === "") throw invalid(`${variable} names no host.`);
  const secure = scheme === "https";
  return {
    shown: `${shown} (${variable})`,
    secure,
    host: bare(url.hostname),
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    authorization: url.username === "" && url.password === "" ? null : basic(url),
  };
}

/** True where no proxy is used: this computer itself, and what NO_PROXY names. */
function isDirect(target: URL, env: Environment): boolean {
  const host = bare(target.hostname).toLowerCase().replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  if (isIP(host) !== 0 && isLocal(host)) return true;
  const port = target.port === "" ? (target.protocol === "https:" ? "443" : "80") : target.port;
  const [, list] = firstOf(env, ["no_proxy", "NO_PROXY"]);
  return list.split(/[\s,]+/).some((entry) => entry !== "" && names(entry.toLowerCase(), host, port));
}

/** Loopback, and what stands for any address of this computer. */
function isLocal(address: string): boolean {
  return ["127.0.0.0/8", "0.0.0.0/32", "::1/128", "::/128"].some((range) => names(range, address, ""));
}

/** `*`, an address, a range, a domain with everything below it, `.domain` for what is below it alone; all but a range with or without a port. */
function names(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const range = /^([0-9a-f.:]+)\/(\d+)$/.exec(entry);
  if (range !== null) return isWithin(host, range[1] ?? "", Number(range[2]));
  const [, name = "", onPort] = /^(.+?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (onPort !== undefined && onPort !== port) return false;
  const domain = bare(name).replace(/^\*\./, ".").replace(/\.$/, "");
  if (domain.startsWith(".")) return host.endsWith(domain);
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) === 0 || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? "ipv4" : "ipv6");
  // An address that is IPv4 inside IPv6 is checked as what it is.
  return list.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}

function firstOf(env: Environment, variables: readonly string[]): readonly [string, string] {
  for (const variable of variables) {
    const value = env[variable]?.trim() ?? "";
    if (value !== "") return [variable, value];
  }
  return ["", ""];
}

/** Without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function basic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`, "utf8").toString("base64")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalid(summary: string): ZenlayerError {
  return new ZenlayerError({
    code: "PROXY_INVALID",
    errorClass: "config",
    outcome: "not_sent",
    summary,
    cure: "Name an HTTP proxy there, e.g. http://proxy.example:3128, or name the host of the endpoint in NO_PROXY. A SOCKS proxy in ALL_PROXY is ignored.",
  });
}
