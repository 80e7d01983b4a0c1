// The one error of this room: something given to the review is not what it should be. The message is one sentence for a person.

export type ReviewErrorCode =
  | "not_json"
  | "not_a_plan"
  | "not_a_state"
  | "not_a_log"
  | "not_a_stack"
  | "not_a_report"
  | "bad_policy"
  | "bad_digest"
  | "unsupported_format";

export class ReviewError extends Error {
  override readonly name = "ReviewError";

  constructor(
    readonly code: ReviewErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
