/**
 * An accident with a name. `code` says which one (it is never read from the message); `cause` keeps the evidence for
 * whoever looks into it. The message is for operators and holds no personal data.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
