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
    names: ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"],
    description:
      "The proxy, by the scheme of the endpoint, in lower or upper case. It speaks HTTP, or TLS with `https://`; without a scheme HTTP. `NO_PROXY` names " +
      "what is reached without: domains with what is below them, addresses, ranges, `*`, each with or without a port; this computer itself always is. A " +
      "SOCKS address in `ALL_PROXY` is meant for other tools and ignored, in the others it is an error.",
  },
  {
    names: ["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
    description:
      "Authorities that TLS trusts besides those of Node: a PEM file, directories of PEM files, and Node's own variable. As in every Go program of the same " +
      "job, Terraform itself among them, but that they are added. `NODE_TLS_REJECT_UNAUTHORIZED` switches nothing off.",
  },
  {
    names: ["NODE_DISABLE_COMPILE_CACHE"],
    description:
      "Set to anything: the plugin keeps no compiled code for its next start. Otherwise it does, some 600 kB in the folder `cdktf-zenlayer` below " +
      "`XDG_CACHE_HOME`, `~/.cache` or `~/Library/Caches`, for you alone (mode 0700); not on Windows.",
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
