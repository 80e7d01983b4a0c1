// The library that this build of the constructs belongs to. The build for cdktn has the other name here.

/** Name of the npm package. */
export const LIBRARY: string = "cdktf";

/** The subpath of this package for the same library. */
export const OWN_NAME: string = "cdktf-zenlayer";

/** What to do where a program mixes copies of the library, or both libraries. */
export const CURE: string =
  `with cdktn, import from "cdktf-zenlayer/cdktn", or install it under the name cdktf ` +
  `("cdktf": "npm:cdktn@^0.24.0" in package.json) and use that name everywhere`;
