// Dates in answers. HTTP-date (RFC 9110, 5.6.7) has three forms; Date.parse reads other texts too, takes 31 February for
// a day of March, guesses the century, and takes a date without a zone for the local time of this machine.

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const DAY_NAME = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const MONTH = '(?<month>[A-Z][a-z]{2})';
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^${DAY_NAME}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  // Sun Nov  6 08:49:37 1994
  new RegExp(`^${DAY} ${MONTH} (?<day>\\d\\d| \\d) ${TIME} (?<year>\\d{4})$`),
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FURTHEST_YEARS = 50;

/** Epoch ms of an HTTP-date; null where the text is none. `nowEpochMs` tells the century of a year of two digits. */
export function parseHttpDate(text: string, nowEpochMs: number): number | null {
  const groups = FORMS.map((form) => form.exec(text)?.groups).find((one) => one !== undefined);
  if (groups === undefined) return null;
  const [day, hour, minute, second] = [groups.day, groups.hour, groups.minute, groups.second].map(Number);
  const month = MONTHS.indexOf(groups.month ?? '');
  const at = (year: number) => whole(year, month, day ?? 0, hour ?? 24, minute ?? 60, second ?? 61);
  const written = groups.year ?? '';
  if (written.length === 4) return at(Number(written));
  const thisYear = new Date(nowEpochMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(written);
  // One that seems more than 50 years ahead is the latest past one with these digits.
  const furthest = new Date(nowEpochMs).setUTCFullYear(thisYear + FURTHEST_YEARS);
  const dated = at(year);
  return dated !== null && dated > furthest ? at(year - 100) : dated;
}

/** Epoch ms of an ISO 8601 date or date-time, whose form the caller has matched; null where there is no such day. */
export function parseIsoDate(text: string): number | null {
  const [year, month, day] = text.slice(0, 'YYYY-MM-DD'.length).split('-').map(Number);
  if (midnightOf(year ?? 0, (month ?? 0) - 1, day ?? 0) === null) return null;
  const dated = Date.parse(text);
  return Number.isNaN(dated) ? null : dated;
}

/** Epoch ms; null where there is no such day or time. A leap second is the first of the next minute. */
function whole(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = midnightOf(year, month, day);
  return midnight === null ? null : midnight + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Epoch ms at which a day begins; null where the calendar has none. `month` counts from 0. */
function midnightOf(year: number, month: number, day: number): number | null {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month, day);
  return midnight.getUTCMonth() === month && midnight.getUTCDate() === day ? midnight.getTime() : null;
}
