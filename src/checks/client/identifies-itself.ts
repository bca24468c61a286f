import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callsIn } from '../shared/clients.js';

const LIBRARY =
  /^(node|undici|node-fetch|axios|got|ky|superagent|needle|bun|deno|python-requests|python-urllib|python-httpx|aiohttp|curl|wget|go-http-client|java|okhttp|apache-httpclient|jakarta|ruby|faraday|rest-client|guzzlehttp|php|symfony|libwww-perl|restsharp|dart|reqwest|hyper|postmanruntime|insomnia)\b/i;

export default defineCheck({
  id: 'identifies-itself',
  kind: 'client',
  topic: 'Access',
  severity: 'minor',
  title: 'Your client names itself in User-Agent',
  why: 'When something goes wrong, the provider finds your traffic by its name instead of blocking a library.',
  fix: 'Send User-Agent: your-product/version (contact).',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5'],
  needs: ['client.control'],

  judge({ 'client.control': { runs } }) {
    const call = callsIn(runs)[0];
    if (call === undefined) return inconclusive('no-calls', 'No call was recorded.');
    const agent = call.request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
    if (agent !== '' && !LIBRARY.test(agent)) return pass('named', `User-Agent: ${agent}.`, [call.id]);
    return fail(
      'library',
      agent === '' ? 'No User-Agent is sent.' : `User-Agent is that of a library: ${agent}.`,
      [call.id],
      { expected: 'your-product/version', measured: agent === '' ? 'none' : agent },
    );
  },
});
