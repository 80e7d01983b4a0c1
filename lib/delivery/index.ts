// How the provider reaches Terraform: packages for each platform, their hashes, the lock file, mirrors and releases.
export { archives, writeMirror, writeRelease } from "./archives";
export type { Archive } from "./archives";
export { packageHash, sha256 } from "./hashes";
export { completedLockFile, LOCK_FILE } from "./lock-file";
export type { LockedProvider } from "./lock-file";
export { packageFiles, PLATFORMS, readBuild } from "./packages";
export type { PackageFile, PluginBuild } from "./packages";
export { packageFolder, placePackage, replaceFile } from "./place";
export { zip } from "./zip";
