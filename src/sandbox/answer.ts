export type Headers = Readonly<Record<string, string>>;

/** Rendered once, so that a stored answer is repeated to the byte. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | null;
}

export function jsonAnswer(status: number, value: unknown, headers: Headers = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
