// What the provider takes from the environment beside its arguments. Data for the documentation; the provider reads the variables itself.

export interface EnvironmentFact {
  /** Variables that are told of together. */
  readonly names: readonly string[];
  /** For users, in Markdown. */
  readonly description: string;
}

export const environmentFacts: readonly EnvironmentFact[] = [
  {
    names: ["ZENLAYERCLOUD_ACCESS_KEY_ID", "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
    description:
      "An access key: the names of the official provider. White space around a value is dropped. A line break, a space, an invisible or a non-ASCII " +
      "character inside, as pasting leaves them, is an error that names the variable and the position, and so for every other source of credentials.",
  },
  {
    names: ["ZENLAYER_TOKEN", "ZENLAYER_ACCESS_KEY_ID", "ZENLAYER_ACCESS_KEY_SECRET"],
    description: "A token or an access key: the names of the official command-line tool.",
  },
  {
    names: ["HOME", "USERPROFILE"],
    description:
      "Where `.zenlayer` with the profiles of the official command-line tool is (`USERPROFILE` on Windows). Empty, relative or missing means that there are " +
      "no profiles: nothing is ever taken from the working directory. A user without a name needs neither.",
  },
  {
    names: ["NODE_OPTIONS"],
    description:
      "Meant for your own programs, so that most of it stays outside: nothing is preloaded (`--require`, `--import`, loaders), no inspector opens and no " +
      "report is written, because the plugin holds keys. What sets memory (`--max-old-space-size=`, `--max-semi-space-size=`), TLS and OpenSSL " +
      "(`--tls-…`, `--openssl-…`, `--use-openssl-ca`, `--use-bundled-ca`, `--use-system-ca`) and names and networks (`--dns-result-order=`, " +
      "`--network-family-autoselection…`) is kept.",
  },
];
