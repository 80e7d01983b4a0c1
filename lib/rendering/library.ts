// The library that this build of the constructs belongs to. The build for cdktn has the other name here.

/** Name of the npm package. */
export const LIBRARY: string = "cdktf";

/** The subpath of this package for the same library. */
export const OWN_NAME: string = "cdktf-zenlayer";
