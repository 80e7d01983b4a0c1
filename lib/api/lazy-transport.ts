// The transport, loaded with the first request: a plugin that only tells its schema pays for no HTTP and no TLS.
import type { Transport, TransportOptions } from "./transport";

export function lazyTransport(options: TransportOptions): Transport {
  let loading: Promise<Transport> | null = null;
  return {
    async send(request, onSent) {
      loading ??= import("./transport.js").then(({ createTransport }) => createTransport(options));
      return (await loading).send(request, onSent);
    },
    close() {
      void loading?.then((transport) => transport.close());
    },
  };
}
