// --upstream: an API that is called for real, with the client's own key.
import { isLoopback } from '../config/environments.js';
import { UserError } from '../errors.js';

export function upstreamUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new UserError('upstream', `--upstream: found "${text}"; expected an http:// or https:// address`);
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new UserError('upstream', '--upstream: expected an address without a user, a query or a fragment');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new UserError(
      'upstream',
      `--upstream: ${url.host} would be called by plain HTTP, with the key of your client; expected https://`,
    );
  return url;
}
