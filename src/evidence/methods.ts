const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

/** A method that only reads (RFC 9110, 9.2.1; RFC 4918, 9.1). */
export function isSafe(method: string): boolean {
  return SAFE.includes(method);
}

/** Performed twice it leaves what one leaves (RFC 9110, 9.2.2). */
export function isIdempotent(method: string): boolean {
  return isSafe(method) || method === 'PUT' || method === 'DELETE';
}
