// How the provider reaches Terraform: packages for each platform, their hashes, the lock file, mirrors and releases.
export { archives, writeMirror, writeRelease } from "./archives";
export { completedLockFile, completeLockFile } from "./lock-file";
export type { LockedProvider } from "./lock-file";
export { packageFiles, packageHash, PLATFORMS, readBuild } from "./packages";
export type { PluginBuild } from "./packages";
export { makeDirectory, packageFolder, placePackage } from "./place";
export { zip } from "./zip";
