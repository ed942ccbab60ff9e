/**
 * An unexpected failure with a code. Code decides by `code`, never by the message; `cause` keeps the evidence for the log. The
 * message is for operators and holds no personal data.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
