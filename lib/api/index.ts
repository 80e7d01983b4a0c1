// The Zenlayer client: signing, transport, typed actions, one error table.
export type * from "./types";
