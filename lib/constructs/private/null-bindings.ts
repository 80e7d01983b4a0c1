// The classes of `@cdktf/provider-null` that hooks need. The build puts them in here: as a dependency, the package would demand a version of cdktf that
// no install with cdktn under that name has, and would bring cdktf along where cdktn alone is used.
export { NullProvider } from "@cdktf/provider-null/lib/provider";
export { Resource } from "@cdktf/provider-null/lib/resource";
