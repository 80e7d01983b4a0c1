// Opens a TCP connection to a name with several addresses. A silent address must cost little and a far one must be given time: every address gets a
// short while first, and those that stay silent get four times as long in each later pass, as long as the caller allows.
import { lookup as systemLookup } from "node:dns";
import * as net from "node:net";
import type { Opening } from "./opening";

export interface Address {
  readonly address: string;
  /** 4 or 6. */
  readonly family: number;
}

/** All addresses of a name, in the order in which the system wants them tried. Rejects with Node's error, e.g. `ENOTFOUND`. */
export type Lookup = (hostname: string) => Promise<readonly Address[]>;

export interface Network {
  readonly lookup: Lookup;
  /** A socket that begins to connect at once. */
  connect(address: Address, port: number): net.Socket;
}

export const systemNetwork: Network = {
  lookup: (hostname) =>
    new Promise((resolve, reject) => {
      systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
    }),
  connect: ({ address, family }, port) => net.connect({ host: address, family, port, noDelay: true }),
};

/** Connects to a host; what becomes of it is noted in `opening`, whose signal ends it. Rejects with the error of the system. */
export type Dial = (host: string, port: number, opening: Opening) => Promise<net.Socket>;

/** Milliseconds of each address in the first pass, whatever this version of Node takes by itself; an option of Node may shorten it. */
const FIRST_PASS = 250;
const LONGER = 4;
/** Milliseconds after which a time-out of the system's own is silence; one that comes at once is an answer. */
const SILENCE = 100;

export function createDial(network: Network = systemNetwork): Dial {
  // The address that answered is asked first the next time: changes always connect afresh.
  const answered = new Map<string, string>();
  // The system looks up few names at a time, so that many questions after one name would wait for each other.
  const underWay = new Map<string, Promise<readonly Address[]>>();

  const addressesOf = (host: string): Promise<readonly Address[]> => {
    const family = net.isIP(host);
    if (family !== 0) return Promise.resolve([{ address: host, family }]);
    const known = underWay.get(host);
    if (known !== undefined) return known;
    const asked = network.lookup(host).finally(() => underWay.delete(host));
    underWay.set(host, asked);
    return asked;
  };

  return async (host, port, opening) => {
    const key = `${host}:${port}`;
    opening.note(`looking up ${host}`);
    const found = await opening.unlessAborted(addressesOf(host));
    if (found.length === 0) throw Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
    // Whoever switched the choice between families off wants the first address and no other.
    let candidates = net.getDefaultAutoSelectFamily() ? inOrder(found, answered.get(key)) : found.slice(0, 1);
    const errors = new Map<Address, Error>();
    const first = Math.min(FIRST_PASS, net.getDefaultAutoSelectFamilyAttemptTimeout());
    for (let allowed = first; ; allowed *= LONGER) {
      for (const candidate of [...candidates]) {
        const last = candidates.length === 1;
        const result = await attempt(network, candidate, port, last ? Infinity : allowed, opening);
        if (result instanceof net.Socket) {
          answered.set(key, candidate.address);
          return result;
        }
        if (result === "silent") continue;
        errors.set(candidate, result);
        candidates = candidates.filter((each) => each !== candidate);
      }
      if (candidates.length === 0) throw failureOf([...errors.values()]);
    }
  };
}

/** A socket that is connected; `silent` when nothing came back; else the error that says that there is no way. */
function attempt(
  network: Network,
  candidate: Address,
  port: number,
  allowed: number,
  opening: Opening,
): Promise<net.Socket | "silent" | Error> {
  return new Promise((resolve, reject) => {
    const tried = opening.trying(candidate.address, port);
    const since = performance.now();
    const socket = network.connect(candidate, port);
    const end = (settle: () => void, why: string | null): void => {
      clearTimeout(timer);
      opening.signal.removeEventListener("abort", abandon);
      socket.removeListener("connect", connected);
      socket.removeListener("error", failed);
      tried.ended(why);
      settle();
    };
    const giveUp = (): void => {
      // A socket that is destroyed may still tell of an error.
      socket.on("error", () => undefined);
      socket.destroy();
    };
    const connected = (): void => end(() => resolve(socket), "connected");
    const failed = (error: NodeJS.ErrnoException): void => {
      // The system gives up on its own after a while, long before a patient caller would.
      const silent = error.code === "ETIMEDOUT" && performance.now() - since >= SILENCE;
      end(() => resolve(silent ? "silent" : error), silent ? null : (error.code ?? error.message));
    };
    const abandon = (): void => {
      giveUp();
      end(() => reject(opening.signal.reason as Error), null);
    };
    const timer =
      allowed === Infinity
        ? undefined
        : setTimeout(() => {
            giveUp();
            end(() => resolve("silent"), null);
          }, allowed);
    socket.once("connect", connected);
    socket.once("error", failed);
    opening.signal.addEventListener("abort", abandon, { once: true });
    if (opening.signal.aborted) abandon();
  });
}

/** The families take turns, as the first address has it; the one that answered before goes first. */
function inOrder(found: readonly Address[], first: string | undefined): readonly Address[] {
  const mine = found.filter(({ family }) => family === found[0]?.family);
  const other = found.filter(({ family }) => family !== found[0]?.family);
  const turns = mine.flatMap((address, index) => [address, ...other.slice(index, index + 1)]);
  const all = [...turns, ...other.slice(mine.length)];
  return [...all.filter(({ address }) => address === first), ...all.filter(({ address }) => address !== first)];
}

/** One code if all say the same; the first one's else. */
function failureOf(errors: readonly Error[]): Error {
  const code = (errors[0] as NodeJS.ErrnoException | undefined)?.code ?? "ECONNREFUSED";
  return Object.assign(new Error("no address answers"), { code });
}
