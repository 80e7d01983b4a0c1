// cdktf tells what is undefined from what is absent only by type (`exactOptionalPropertyTypes`); ours take both, and null from programs without types.

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without what is not given. */
export function withoutUndefined<T extends object>(
  values: T,
): Given<T> & { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given) as ReturnType<typeof withoutUndefined<T>>;
}
