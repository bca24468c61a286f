import { expect, it } from 'vitest';
import { bannersOf } from '../../../src/checks/shared/banners.js';
import { exchange } from '../../helpers/exchange.js';

const NAMED: readonly (readonly [name: string, value: string])[] = [
  ['Server', 'nginx/1.24.0'],
  ['Server', 'nginx/1.18.0 (Ubuntu)'],
  ['server', 'Apache/2.4.41 (Ubuntu)'],
  ['Server', 'Apache/2'],
  ['Server', 'openresty/1.21.4.1'],
  ['Server', 'Microsoft-IIS/10.0'],
  ['Server', 'gunicorn/20.0.4'],
  ['Server', 'Werkzeug/2.0.3 Python/3.9.7'],
  ['Server', 'Python/3.11 aiohttp/3.8.4'],
  ['Server', 'Jetty(9.4.43.v20210629)'],
  ['Server', 'Apache-Coyote/1.1'],
  ['Server', 'WEBrick/1.4.2 (Ruby/2.6.6/2020-03-31)'],
  ['Server', 'Phusion Passenger 6.0.4'],
  ['Server', 'kong/3.4.0'],
  ['X-Powered-By', 'Express'],
  ['x-powered-by', 'PHP/8.1.2'],
  ['X-Powered-By', 'ASP.NET'],
  ['X-Powered-By', 'Next.js'],
  ['X-AspNet-Version', '4.0.30319'],
  ['X-AspNetMvc-Version', '5.2'],
  ['X-Generator', 'Drupal 9 (https://www.drupal.org)'],
];

// Names without a version; and those of networks and gateways, the same for all who use them.
const SILENT: readonly (readonly [name: string, value: string])[] = [
  ['Server', 'nginx'],
  ['Server', 'Apache'],
  ['Server', 'uvicorn'],
  ['Server', 'Kestrel'],
  ['Server', 'cloudflare'],
  ['Server', 'CloudFront'],
  ['Server', 'awselb/2.0'],
  ['Server', 'AmazonS3'],
  ['Server', 'AkamaiGHost'],
  ['Server', 'Google Frontend'],
  ['Server', 'istio-envoy'],
  ['Server', 'ECS (dcb/7EEA)'],
  ['Server', 'ECAcc (nyd/D11C)'],
  ['Server', 'BunnyCDN-DE1-1049'],
  ['Server', 'api.example.com'],
  ['Server', ''],
  ['X-Powered-By', 'hidden'],
  ['X-Powered-By', ''],
  ['Via', '1.1 varnish'],
  ['X-Runtime', '0.012345'],
  ['X-Version', '2.3.4'],
  ['constructor', 'x'],
];

it.each(NAMED)('%s: %s names a product', (name, value) => {
  expect(bannersOf(exchange({ headers: [[name, value]] }))).toEqual([`${name}: ${value}`]);
});

it.each(SILENT)('%s: %s names none', (name, value) => {
  expect(bannersOf(exchange({ headers: [[name, value]] }))).toEqual([]);
});

it('no answer, no banner', () => {
  expect(bannersOf(exchange({ status: null }))).toEqual([]);
});
