// RFC 9110, 5.6.7; a date without a zone would mean another time on another machine.
const HTTP_DATE = /^[A-Z][a-z]+, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/;

/** Epoch ms of an HTTP-date; null where the text is none. */
export function parseHttpDate(text: string): number | null {
  if (!HTTP_DATE.test(text)) return null;
  const dated = Date.parse(text);
  return Number.isNaN(dated) ? null : dated;
}
