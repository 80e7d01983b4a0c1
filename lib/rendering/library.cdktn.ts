// library.ts of the build for cdktn.

/** Name of the npm package. */
export const LIBRARY: string = "cdktn";

/** The subpath of this package for the same library. */
export const OWN_NAME: string = "cdktf-zenlayer/cdktn";

/** What to do where a program mixes copies of the library, or both libraries. */
export const CURE: string = `with cdktf, import from "cdktf-zenlayer"`;
