// Which credentials and which endpoint are used, and what is said when they are wrong.
import { join } from "node:path";
import { createClient, resolveCredentials, resolveEndpoint } from "../../lib/api";
import type { CredentialSources } from "../../lib/api";

const HOME = join("/", "somewhere");
const files = (content: Record<string, unknown>) => (path: string) => {
  for (const [name, value] of Object.entries(content)) {
    if (path === join(HOME, ".zenlayer", name)) return typeof value === "string" ? value : JSON.stringify(value);
  }
  return null;
};
const resolve = (sources: CredentialSources) =>
  resolveCredentials({ env: {}, home: HOME, readFile: () => null, ...sources });
const pair = (accessKeyId: string, accessKeyPassword: string) => ({
  kind: "accessKey",
  accessKeyId,
  accessKeyPassword,
});
const token = (text: string) => ({ kind: "token", token: text });

const CLOUD = { ZENLAYERCLOUD_ACCESS_KEY_ID: " cloud-id ", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "cloud-password\n" };
const CLI = { ZENLAYER_ACCESS_KEY_ID: "cli-id", ZENLAYER_ACCESS_KEY_SECRET: "cli-password" };
const PROFILES = files({
  "config.json": { current_profile: "work", profiles: {} },
  "credentials.json": {
    default: { access_key_id: "default-id", access_key_secret: "default-password" },
    work: { token: "work-token" },
    half: { access_key_id: "half-id" },
    broken: { access_key_id: 7 },
  },
});

test.each<[string, CredentialSources, unknown]>([
  [
    "arguments before everything",
    {
      explicit: { accessKeyId: "a", accessKeyPassword: "b" },
      env: { ...CLOUD, ...CLI, ZENLAYER_TOKEN: "t" },
      readFile: PROFILES,
    },
    pair("a", "b"),
  ],
  [
    "a token among the arguments before their pair",
    { explicit: { accessKeyId: "a", accessKeyPassword: "b", token: " t " } },
    token("t"),
  ],
  ["a token among the arguments before half a pair", { explicit: { accessKeyId: "a", token: "t" } }, token("t")],
  ["a token among the arguments before a later pair", { explicit: { token: "t" }, env: CLOUD }, token("t")],
  [
    "the official provider's variables before a token of the CLI's",
    { env: { ...CLOUD, ZENLAYER_TOKEN: "t" } },
    pair("cloud-id", "cloud-password"),
  ],
  ["the CLI's token before its pair", { env: { ...CLI, ZENLAYER_TOKEN: "t" } }, token("t")],
  ["the CLI's pair", { env: CLI }, pair("cli-id", "cli-password")],
  ["the environment before the profile files", { env: CLI, readFile: PROFILES }, pair("cli-id", "cli-password")],
  ["the current profile", { readFile: PROFILES }, token("work-token")],
  [
    "the profile that ZENLAYER_PROFILE names",
    { env: { ZENLAYER_PROFILE: "default" }, readFile: PROFILES },
    pair("default-id", "default-password"),
  ],
  [
    "a profile named as an argument before the environment",
    { explicit: { profile: "default" }, env: CLOUD, readFile: PROFILES },
    pair("default-id", "default-password"),
  ],
  [
    "the default profile without a config file",
    { readFile: files({ "credentials.json": { default: { token: "d" } } }) },
    token("d"),
  ],
  [
    "empty values count as absent",
    { explicit: { accessKeyId: "", token: "  " }, env: CLI },
    pair("cli-id", "cli-password"),
  ],
])("credentials: %s", (_name, sources, expected) => {
  expect(resolve(sources)).toEqual(expected);
});

test.each<[string, CredentialSources, string, readonly string[]]>([
  [
    "nothing at all",
    {},
    "CREDENTIAL_VALUE_MISSING",
    ["ZENLAYERCLOUD_ACCESS_KEY_ID", "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
  ],
  [
    "half a pair among the arguments",
    { explicit: { accessKeyId: "half-id" }, env: CLOUD },
    "CREDENTIAL_VALUE_MISSING",
    ["access_key_password is missing"],
  ],
  [
    "half a pair in the environment",
    { env: { ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "cloud-password" } },
    "CREDENTIAL_VALUE_MISSING",
    ["ZENLAYERCLOUD_ACCESS_KEY_ID is missing"],
  ],
  [
    "half a pair of the CLI's",
    { env: { ZENLAYER_ACCESS_KEY_ID: "cli-id" } },
    "CREDENTIAL_VALUE_MISSING",
    ["ZENLAYER_ACCESS_KEY_SECRET is missing"],
  ],
  [
    "half a pair in a profile",
    { explicit: { profile: "half" }, readFile: PROFILES },
    "CREDENTIAL_VALUE_MISSING",
    ['access_key_secret of the profile "half" is missing'],
  ],
  [
    "a profile that does not exist",
    { explicit: { profile: "home" }, readFile: PROFILES },
    "PROFILE_FILE_INVALID",
    ['"home"', "default, work, half, broken"],
  ],
  [
    "a profile that is no text",
    { env: { ZENLAYER_PROFILE: "broken" }, readFile: PROFILES },
    "PROFILE_FILE_INVALID",
    ['"broken"'],
  ],
  [
    "a file that is no JSON",
    { readFile: files({ "credentials.json": '{"default": {"token": "file-secret"' }) },
    "PROFILE_FILE_INVALID",
    ["~/.zenlayer/credentials.json", "not valid JSON"],
  ],
  [
    "a file that holds a list",
    { readFile: files({ "config.json": "[]" }) },
    "PROFILE_FILE_INVALID",
    ["~/.zenlayer/config.json"],
  ],
  [
    "a file that may not be read",
    {
      readFile: () => {
        throw Object.assign(new Error("no"), { code: "EACCES" });
      },
    },
    "PROFILE_FILE_INVALID",
    ["EACCES"],
  ],
])("credentials refused: %s", (_name, sources, code, texts) => {
  expect(() => resolve(sources)).toThrow(expect.objectContaining({ code, outcome: "not_sent", errorClass: "config" }));
  let message = "";
  try {
    resolve(sources);
  } catch (error) {
    message = String((error as Error).message);
  }
  for (const text of texts) expect(message).toContain(text);
  for (const secret of ["cloud-password", "half-id", "cli-id", "file-secret"]) expect(message).not.toContain(secret);
});

test.each<[string, Parameters<typeof resolveEndpoint>[0], string]>([
  ["the default", { env: {} }, "https://console.zenlayer.com"],
  [
    "an argument before the environment",
    { explicit: "http://127.0.0.1:8700", env: { ZENLAYER_ENDPOINT: "x.example" } },
    "http://127.0.0.1:8700",
  ],
  ["a trailing slash and capitals", { explicit: "HTTPS://API.Example:443/", env: {} }, "https://api.example"],
  ["a bare host means HTTPS", { env: { ZENLAYER_ENDPOINT: "api.example" } }, "https://api.example"],
  ["a bare host with a port", { env: { ZENLAYER_ENDPOINT: "localhost:8700" } }, "https://localhost:8700"],
  ["plain HTTP written in full", { env: { ZENLAYER_ENDPOINT: "http://api.example" } }, "http://api.example"],
  ["the official provider's domain", { env: { ZENLAYERCLOUD_DOMAIN: "api.example" } }, "https://api.example"],
  [
    "the official provider's domain and scheme, on loopback",
    { env: { ZENLAYERCLOUD_DOMAIN: "127.0.0.1:8700", ZENLAYERCLOUD_SCHEME: "HTTP" } },
    "http://127.0.0.1:8700",
  ],
  [
    "the CLI's variable before the official provider's",
    { env: { ZENLAYER_ENDPOINT: "one.example", ZENLAYERCLOUD_DOMAIN: "two.example" } },
    "https://one.example",
  ],
  ["an IPv6 address", { explicit: "http://[::1]:8700", env: {} }, "http://[::1]:8700"],
])("endpoint: %s", (_name, sources, expected) => {
  expect(resolveEndpoint(sources)).toBe(expected);
});

test.each<[string, Parameters<typeof resolveEndpoint>[0], string]>([
  ["another scheme", { explicit: "ftp://api.example", env: {} }, "scheme is ftp"],
  ["a path", { explicit: "https://api.example/api/v2", env: {} }, "more than a host"],
  ["a query", { explicit: "https://api.example?x=1", env: {} }, "more than a host"],
  ["a user and password", { explicit: "https://user:hidden-pw@api.example", env: {} }, "user name or password"],
  ["a user and password that make it unreadable", { env: { ZENLAYER_ENDPOINT: "user:hidden-pw@ho st" } }, "not a URL"],
  ["nonsense", { explicit: "not a url", env: {} }, "not a URL"],
  [
    "plain HTTP to the world by a variable",
    { env: { ZENLAYERCLOUD_SCHEME: "http", ZENLAYERCLOUD_DOMAIN: "api.example" } },
    "ZENLAYER_ENDPOINT=http://api.example",
  ],
  ["plain HTTP to the default host", { env: { ZENLAYERCLOUD_SCHEME: "http" } }, "plain HTTP"],
  ["an unknown scheme in a variable", { env: { ZENLAYERCLOUD_SCHEME: "gopher" } }, "HTTP and HTTPS"],
])("endpoint refused: %s", (_name, sources, text) => {
  expect(() => resolveEndpoint(sources)).toThrow(
    expect.objectContaining({
      code: "ENDPOINT_INVALID",
      attribute: "endpoint",
      message: expect.stringContaining(text) as string,
    }),
  );
  expect(() => resolveEndpoint(sources)).not.toThrow("hidden-pw");
});

test.each<[string, Record<string, unknown>, string]>([
  ["request_timeout", { requestTimeout: 0 }, "request_timeout is 0"],
  ["max_retries", { maxRetries: 1.5 }, "max_retries is 1.5"],
  ["max_requests_per_second", { maxRequestsPerSecond: Number.NaN }, "max_requests_per_second is NaN"],
  ["vm_api_version", { vmApiVersion: "latest" }, 'vm_api_version is "latest"'],
  ["clientName", { clientName: "a/b" }, "clientName"],
])("option refused: %s", (_name, options, text) => {
  const make = () => createClient({ credentials: { kind: "token", token: "t" }, ...options });
  expect(make).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(text) as string }),
  );
});

test("empty credentials are refused before anything is sent", () => {
  expect(() => createClient({ credentials: { kind: "accessKey", accessKeyId: "id", accessKeyPassword: " " } })).toThrow(
    expect.objectContaining({ code: "CREDENTIAL_VALUE_MISSING" }),
  );
});
