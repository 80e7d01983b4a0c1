// Which proxy a request takes, by the variables of the environment: what other programs of the same job make of them.
import { createClient } from "../../lib/api";
import { proxyFor } from "../../lib/api/proxy";
import { KEYS } from "./server";

const P = "http://proxy.example:3128";
const choose = (target: string, env: Record<string, string>) => proxyFor(new URL(target), env);

test.each<[string, string, Record<string, string>, string | null]>([
  ["nothing set", "https://api.example", {}, null],
  ["HTTPS_PROXY for https", "https://api.example", { HTTPS_PROXY: P }, `${P} (HTTPS_PROXY)`],
  ["not for http", "http://api.example", { HTTPS_PROXY: P }, null],
  ["HTTP_PROXY for http", "http://api.example", { HTTP_PROXY: P }, `${P} (HTTP_PROXY)`],
  ["not for https", "https://api.example", { HTTP_PROXY: P }, null],
  [
    "lower-case names first",
    "https://api.example",
    { https_proxy: P, HTTPS_PROXY: "http://other:1" },
    `${P} (https_proxy)`,
  ],
  [
    "an empty one counts as none",
    "https://api.example",
    { https_proxy: "", HTTPS_PROXY: ` ${P} ` },
    `${P} (HTTPS_PROXY)`,
  ],
  ["ALL_PROXY last", "https://api.example", { ALL_PROXY: P }, `${P} (ALL_PROXY)`],
  [
    "the proxy of the scheme before ALL_PROXY",
    "https://api.example",
    { ALL_PROXY: "http://other:1", HTTPS_PROXY: P },
    `${P} (HTTPS_PROXY)`,
  ],
  [
    "without a scheme it speaks HTTP",
    "https://api.example",
    { HTTPS_PROXY: "proxy.example:3128" },
    `${P} (HTTPS_PROXY)`,
  ],
  [
    "a user name is not told",
    "https://api.example",
    { HTTPS_PROXY: "http://me:pw@proxy.example:3128/x" },
    `${P} (HTTPS_PROXY)`,
  ],
  ["a SOCKS address in ALL_PROXY is ignored", "https://api.example", { ALL_PROXY: "socks5h://127.0.0.1:1080" }, null],
  ["in all_proxy too", "http://api.example", { all_proxy: "socks4://127.0.0.1:1080" }, null],
  [
    "beside an HTTP proxy",
    "https://api.example",
    { ALL_PROXY: "socks5://127.0.0.1:1080", HTTPS_PROXY: P },
    `${P} (HTTPS_PROXY)`,
  ],
])("%s", (_name, target, env, shown) => {
  expect(choose(target, env)?.shown ?? null).toBe(shown);
});

test("what is needed to speak with it", () => {
  expect(choose("https://api.example", { HTTPS_PROXY: "https://us%40er:p%3Aw%25@[2001:db8::1]" })).toEqual({
    shown: "https://[2001:db8::1] (HTTPS_PROXY)",
    secure: true,
    host: "2001:db8::1",
    port: 443,
    authorization: `Basic ${Buffer.from("us@er:p:w%").toString("base64")}`,
  });
  expect(choose("http://api.example", { HTTP_PROXY: "proxy.example" })).toMatchObject({
    secure: false,
    port: 80,
    authorization: null,
  });
});

test.each<[string, string, boolean]>([
  ["*", "https://api.example", true],
  ["api.example", "https://api.example", true],
  ["API.Example", "https://api.example", true],
  ["example", "https://api.example", true],
  ["pi.example", "https://api.example", false],
  [".example", "https://api.example", true],
  [".api.example", "https://api.example", false],
  ["*.example", "https://api.example", true],
  ["api.example:443", "https://api.example", true],
  ["api.example:8443", "https://api.example", false],
  ["api.example:8443", "https://api.example:8443", true],
  ["other.example, api.example", "https://api.example", true],
  ["other.example api.example", "https://api.example", true],
  [",", "https://api.example", false],
  ["203.0.113.7", "https://203.0.113.7", true],
  ["203.0.113.0/24", "https://203.0.113.7", true],
  ["203.0.113.0/24", "https://203.0.114.7", false],
  ["203.0.113.0/24", "https://api.example", false],
  ["2001:db8::/32", "https://[2001:db8::1]", true],
  ["2001:db8::1", "https://[2001:db8::1]", true],
  ["[2001:db8::1]:443", "https://[2001:db8::1]", true],
  ["203.0.113.0/99", "https://203.0.113.7", false],
  ["", "https://localhost:8700", true],
  ["", "https://sub.localhost", true],
  ["", "https://127.0.0.53:8700", true],
  ["", "https://[::1]:8700", true],
  ["", "https://[::ffff:127.0.0.1]:8700", true],
  ["", "https://128.0.0.1", false],
])("NO_PROXY=%s, %s: direct is %s", (list, target, direct) => {
  expect(choose(target, { HTTPS_PROXY: P, NO_PROXY: list }) === null).toBe(direct);
});

test.each<[string, Record<string, string>, string]>([
  [
    "SOCKS in HTTPS_PROXY",
    { HTTPS_PROXY: "socks5://me:hidden-pw@127.0.0.1:1080" },
    "HTTPS_PROXY is socks5://127.0.0.1:1080, and requests to Zenlayer go through no SOCKS proxy",
  ],
  ["SOCKS in https_proxy", { https_proxy: "socks5h://127.0.0.1:1080" }, "https_proxy is socks5h://127.0.0.1:1080"],
  [
    "another scheme",
    { HTTPS_PROXY: "ftp://proxy.example" },
    "HTTPS_PROXY is ftp://proxy.example, and requests to Zenlayer go through HTTP proxies only",
  ],
  ["another scheme in ALL_PROXY", { ALL_PROXY: "quic://proxy.example" }, "ALL_PROXY is quic://proxy.example"],
  ["nonsense", { HTTPS_PROXY: "http://me:hidden-pw@pro xy" }, "HTTPS_PROXY is not the address of a proxy"],
])("%s is refused when the client is made, by name and without a password", (_name, env, words) => {
  const make = () => createClient({ endpoint: "https://api.example", credentials: KEYS, env });
  expect(make).toThrow(
    expect.objectContaining({
      code: "PROXY_INVALID",
      outcome: "not_sent",
      message: expect.stringContaining(words) as string,
    }),
  );
  expect(make).not.toThrow("hidden-pw");
});

test("of what NO_PROXY names, not even a proxy that cannot be used is a mistake", () => {
  expect(choose("https://api.example", { HTTPS_PROXY: "socks5://127.0.0.1:1080", NO_PROXY: "example" })).toBeNull();
});
