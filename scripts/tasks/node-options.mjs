// Which words of NODE_OPTIONS reach the plugin. The variable is meant for the user's own programs: a module it preloads may not exist here, and must not
// run beside our keys; an inspector or a report would show them. What is kept tunes memory, TLS, OpenSSL and names. Data for the launchers of all systems.

/**
 * Kept, by the beginning of the word; `=` belongs to it where a value must follow. Node takes `_` for `-` in names, and so do the launchers.
 */
export const KEPT_PREFIXES = [
  "--max-old-space-size=",
  "--max-semi-space-size=",
  "--tls-",
  "--openssl-",
  "--dns-result-order=",
  "--network-family-autoselection-attempt-timeout=",
];

/** Kept as a whole word. */
export const KEPT_WORDS = [
  "--use-openssl-ca",
  "--use-bundled-ca",
  "--network-family-autoselection",
  "--no-network-family-autoselection",
  "--enable-network-family-autoselection",
];

/** Kept together with the word that follows, which is their value. */
export const KEPT_WITH_VALUE = [
  "--dns-result-order",
  "--network-family-autoselection-attempt-timeout",
  "--openssl-config",
  "--tls-cipher-list",
  "--tls-keylog",
];

/**
 * Only newer versions of Node know this option, older ones refuse to start with it. All of them take the variable, and the plugin reads it itself where
 * Node does not yet.
 */
export const SYSTEM_AUTHORITIES = { option: "--use-system-ca", variable: "NODE_USE_SYSTEM_CA" };
