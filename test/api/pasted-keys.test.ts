// Keys and tokens as people paste them, and users without a home: each told by name and place, never by value.
import { join } from "node:path";
import { createClient, homeDirectory, resolveCredentials, ZenlayerError } from "../../lib/api";
import type { CredentialSources } from "../../lib/api";

const resolve = (sources: CredentialSources) => resolveCredentials({ env: {}, readFile: () => null, ...sources });

function refusal(work: () => unknown): ZenlayerError {
  try {
    work();
  } catch (error) {
    if (error instanceof ZenlayerError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a pasted value", () => {
  test.each([
    ["a line break inside", "Kx7Qp2\nLm9Rt4", "character 7 is a line break (U+000A)"],
    ["a line break of Windows", "Kx7Qp2\r\nLm9Rt4", "character 7 is a line break (U+000D)"],
    ["a line separator", "Kx7Qp2\u2028Lm9Rt4", "character 7 is a line break (U+2028)"],
    ["a space inside, counted from where it was written", "  Kx7Qp2 Lm9Rt4", "character 9 is a space (U+0020)"],
    ["a tab inside", "Kx7Qp2\tLm9Rt4", "character 7 is a tab (U+0009)"],
    ["a space that does not break", "Kx7Qp2\u00a0Lm9Rt4", "character 7 is a space (U+00A0)"],
    ["a zero-width space at the end", "Kx7Qp2Lm9Rt4\u200b", "character 13 is an invisible character (U+200B)"],
    ["a zero-width joiner", "Kx7Qp2\u200dLm9Rt4", "character 7 is an invisible character (U+200D)"],
    ["a word joiner", "\u2060Kx7Qp2Lm9Rt4", "character 1 is an invisible character (U+2060)"],
    ["a byte order mark inside", "Kx7Qp2\ufeffLm9Rt4", "character 7 is an invisible character (U+FEFF)"],
    ["a soft hyphen", "Kx7Qp2\u00adLm9Rt4", "character 7 is an invisible character (U+00AD)"],
    ["a mark of direction", "Kx7Qp2\u202eLm9Rt4", "character 7 is an invisible character (U+202E)"],
    ["a NUL", "Kx7Qp2\u0000Lm9Rt4", "character 7 is a control character (U+0000)"],
    ["a letter of another alphabet", "Kx7Q\u0440\u0440Lm9Rt4", "character 5 is not an ASCII character (U+0440)"],
    ["a dash of a word processor", "Kx7Qp2\u2013Lm9Rt4", "character 7 is not an ASCII character (U+2013)"],
    ["an emoji, one character for the reader", "\u{1F511}Kx7Qp2", "character 1 is not an ASCII character (U+1F511)"],
    ["quotation marks of an env file", '"Kx7Qp2Lm9Rt4"', "it is wrapped in quotation marks"],
    ["single quotation marks", "'Kx7Qp2Lm9Rt4'", "it is wrapped in quotation marks"],
    ["the word Bearer", "Bearer Kx7Qp2Lm9Rt4", 'it begins with the word "Bearer"'],
    ["its own name", "export ZENLAYER_TOKEN=Kx7Qp2Lm9Rt4", "it begins with the name of a variable"],
  ])("with %s is refused in one sentence that holds nothing of it", (_name, value, words) => {
    const sources: readonly (readonly [string, CredentialSources, string | null])[] = [
      ["access_key_id", { explicit: { accessKeyId: value, accessKeyPassword: "good" } }, "access_key_id"],
      ["access_key_password", { explicit: { accessKeyId: "good", accessKeyPassword: value } }, "access_key_password"],
      ["token", { explicit: { token: value } }, "token"],
      [
        "ZENLAYERCLOUD_ACCESS_KEY_ID",
        { env: { ZENLAYERCLOUD_ACCESS_KEY_ID: value, ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "good" } },
        null,
      ],
      [
        "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD",
        { env: { ZENLAYERCLOUD_ACCESS_KEY_ID: "good", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: value } },
        null,
      ],
      ["ZENLAYER_ACCESS_KEY_ID", { env: { ZENLAYER_ACCESS_KEY_ID: value, ZENLAYER_ACCESS_KEY_SECRET: "good" } }, null],
      [
        "ZENLAYER_ACCESS_KEY_SECRET",
        { env: { ZENLAYER_ACCESS_KEY_ID: "good", ZENLAYER_ACCESS_KEY_SECRET: value } },
        null,
      ],
      ["ZENLAYER_TOKEN", { env: { ZENLAYER_TOKEN: value } }, null],
      ['access_key_id of the profile "default"', profile({ access_key_id: value, access_key_secret: "good" }), null],
      [
        'access_key_secret of the profile "default"',
        profile({ access_key_id: "good", access_key_secret: value }),
        null,
      ],
      ['token of the profile "default"', profile({ token: value }), null],
    ];
    for (const [name, source, attribute] of sources) {
      const error = refusal(() => resolve(source));
      expect(error).toMatchObject({ code: "CREDENTIAL_VALUE_INVALID", outcome: "not_sent", attribute });
      expect(error.summary).toBe(`${name} cannot be used as it stands: ${words}.`);
      expect(error.cure).toContain(name);
      for (const part of ["Kx7Q", "Lm9Rt4"]) expect(JSON.stringify(error)).not.toContain(part);
    }
  });

  test("with white space around it is taken without", () => {
    expect(resolve({ env: { ZENLAYER_TOKEN: "\ufeff tok\r\n" } })).toEqual({ kind: "token", token: "tok" });
  });

  test("is refused of a client of one's own too", () => {
    const error = refusal(() =>
      createClient({ credentials: { kind: "accessKey", accessKeyId: "id", accessKeyPassword: "pass\u200bword" } }),
    );
    expect(error).toMatchObject({ code: "CREDENTIAL_VALUE_INVALID" });
    expect(error.summary).toContain("the access key password");
  });
});

describe("a home directory", () => {
  const profiles = { default: { token: "of-the-profile" } };
  const anywhere = (path: string) => (path.endsWith("credentials.json") ? JSON.stringify(profiles) : null);

  test.each([
    ["empty", () => ""],
    ["relative", () => "some/where"],
    ["a dot", () => "."],
    [
      "not to be found, because the user has no entry",
      () => {
        throw Object.assign(new Error("uv_os_homedir returned ENOENT"), { code: "ERR_SYSTEM_ERROR" });
      },
    ],
  ])("that is %s is none", (_name, find) => {
    expect(homeDirectory(find)).toBeNull();
  });

  test.each(["", "some/where", ".", "./x"])("given as %j is none: no file of the working directory is read", (home) => {
    const read: string[] = [];
    const error = refusal(() =>
      resolve({
        home,
        readFile: (path) => {
          read.push(path);
          return anywhere(path);
        },
      }),
    );
    expect(read).toEqual([]);
    expect(error).toMatchObject({ code: "CREDENTIAL_VALUE_MISSING" });
    expect(error.cure).toContain("no home directory (HOME)");
  });

  test("that is none does not keep the environment from being used", () => {
    expect(resolve({ home: "", env: { ZENLAYER_TOKEN: "tok" } })).toEqual({ kind: "token", token: "tok" });
  });

  test("that is none is told to whoever names a profile", () => {
    expect(refusal(() => resolve({ home: "", explicit: { profile: "work" } }))).toMatchObject({
      code: "PROFILE_FILE_INVALID",
      summary: 'The profile "work" cannot be looked up: this user has no home directory.',
    });
    expect(refusal(() => resolve({ home: "", env: { ZENLAYER_PROFILE: "work" } }))).toMatchObject({
      code: "PROFILE_FILE_INVALID",
    });
  });

  test("may hold files that begin with a byte order mark", () => {
    const home = join("/", "somewhere");
    const readFile = (path: string) => (anywhere(path) === null ? null : `\ufeff${anywhere(path)}`);
    expect(resolve({ home, readFile })).toEqual({ kind: "token", token: "of-the-profile" });
  });
});

function profile(entry: object): CredentialSources {
  return {
    home: join("/", "somewhere"),
    readFile: (path) => (path.endsWith("credentials.json") ? JSON.stringify({ default: entry }) : null),
  };
}
