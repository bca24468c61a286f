// Which product made an answer, where the answer says it for no use.
import type { Exchange } from '../../evidence/exchange.js';

// A name alone tells little. Digits without a dot after a slash may be the number of a machine: "ECS (dcb/7EEA)".
const VERSION = /\/v?\d+(?:\.\d+)*(?!\w)|[( ]v?\d+(?:\.\d+)+/;
// The same for all who use it.
const GATEWAY = /^(?:awselb\/2\.0|cloudflare|CloudFront|AmazonS3|AkamaiGHost|Varnish|istio-envoy|envoy)\b/i;
// Some send a word that hides it.
const POWERED =
  /express|php|asp\.net|next\.js|nuxt|servlet|jsp|jboss|undertow|tomcat|phusion|passenger|laravel|django|flask|rails|koa|fastify|hapi|sails|strapi|plesk|werkzeug|wordpress|drupal|mono\b|\d\.\d/i;
const ANY = /./;

const BANNERS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['server', (value) => VERSION.test(value) && !GATEWAY.test(value)],
  ['x-powered-by', (value) => POWERED.test(value)],
  ['x-powered-cms', (value) => ANY.test(value)],
  ['x-generator', (value) => ANY.test(value)],
  ['x-aspnet-version', (value) => ANY.test(value)],
  ['x-aspnetmvc-version', (value) => ANY.test(value)],
]);

/** "Server: nginx/1.24.0", once for each header that names a product. */
export function bannersOf(exchange: Exchange): string[] {
  return (exchange.response?.headers ?? [])
    .filter(([name, value]) => BANNERS.get(name.toLowerCase())?.(value) === true)
    .map(([name, value]) => `${name}: ${value}`);
}
