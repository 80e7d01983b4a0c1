// The transport, loaded with the first request or shortly before: a plugin that only tells its schema pays for no HTTP and no TLS.
import type { Transport, TransportOptions } from "./transport";

export function lazyTransport(options: TransportOptions): Transport & { load(): Promise<void> } {
  let loading: Promise<Transport> | null = null;
  const loaded = (): Promise<Transport> =>
    (loading ??= import("./transport.js").then(({ createTransport }) => createTransport(options)));
  return {
    async load() {
      await (await loaded()).load();
    },
    async send(request, onSent) {
      return (await loaded()).send(request, onSent);
    },
    close() {
      void loading?.then((transport) => transport.close());
    },
  };
}
