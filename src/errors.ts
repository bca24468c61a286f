/** An error that the user can mend: printed without a stack. `hint` names the next step. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly hint: string | undefined;
  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** A file of the user's that could not be written; its message names it and the reason. Exit 74. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly code: string | undefined;
  constructor(path: string, cause: NodeJS.ErrnoException) {
    // Node adds call and path behind the comma.
    super(`could not write ${path} (${cause.message.split(', ')[0]})`, { cause });
    this.code = cause.code;
  }
}
