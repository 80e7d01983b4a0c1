// A client in memory: what each call answers, and what it was asked.
import { ZenlayerError, type Price, type ZenlayerClient } from "../../lib/api";
import type { Product } from "../../lib/engine";

/** Answers a call; what it throws the call rejects with. */
export type Answer = (...question: readonly never[]) => unknown;

export class FakeClient {
  /** Product, method and arguments of each call. */
  readonly asked: unknown[][] = [];
  readonly client: ZenlayerClient;

  /** @param answers by method, of either product; a method without one does not exist */
  constructor(answers: Readonly<Record<string, Answer>>) {
    const api = (product: Product): Record<string, unknown> => ({
      product,
      ...Object.fromEntries(
        Object.entries(answers).map(([method, answer]) => [
          method,
          (...question: readonly never[]) => {
            this.asked.push([product, method, ...question]);
            return Promise.resolve().then(() => answer(...question));
          },
        ]),
      ),
    });
    this.client = { vm: api("vm"), bmc: api("bmc"), billing: {} } as unknown as ZenlayerClient;
  }

  /** The methods that were called, in order. */
  get methods(): readonly unknown[] {
    return this.asked.map(([, method]) => method);
  }

  /** The signals that the calls were given, each once. */
  get signals(): readonly unknown[] {
    return [...new Set(this.asked.map((call) => (call.at(-1) as { readonly signal?: AbortSignal }).signal))];
  }
}

export function refusal(code: string, outcome: "refused" | "not_sent" | "unknown" = "refused"): ZenlayerError {
  return new ZenlayerError({ code, errorClass: "config", outcome, summary: "No.", cure: "Ask." });
}

/** An answer that is an error. */
export function failing(error: unknown): Answer {
  return () => {
    throw error;
  };
}

/** An entry of a price answer that names no amount. */
export const NO_PRICE: Price = {
  discount: null,
  originalPrice: null,
  discountPrice: null,
  unitPrice: null,
  discountUnitPrice: null,
  chargeUnit: null,
  currency: null,
  readable: true,
  askedAt: 1000,
};

/** An entry of a price answer: for the whole period, before and after discount. */
export function periodPrice(originalPrice: number | null, discountPrice: number | null = originalPrice): Price {
  return { ...NO_PRICE, originalPrice, discountPrice };
}

/** An entry of a price answer: by the hour. */
export function hourlyPrice(unitPrice: number): Price {
  return { ...NO_PRICE, unitPrice, discountUnitPrice: unitPrice, chargeUnit: "HOUR" };
}
