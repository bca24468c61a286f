import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { type Attempt, callsIn } from '../shared/clients.js';

// What HTTP libraries and tools send of themselves, by their sources.
const LIBRARY = new RegExp(
  `^(${[
    'node|undici|node-fetch|minipass-fetch|axios|got|ky|superagent|needle|bun|deno|octokit-(core|request|rest)\\.js',
    'python-requests|python-urllib3?|python-httpx|python/[\\d.]+ aiohttp|aiohttp|urllib3',
    'curl|libcurl-agent|wget|httpie|postmanruntime|insomnia|cpp-httplib|dart|reqwest|hyper|ureq',
    'go-http-client|go-resty|java|okhttp|apache-httpclient|apache-httpasyncclient|reactornetty|jakarta',
    'ruby|faraday|rest-client|http\\.rb|typhoeus|excon|guzzlehttp|php|symfony|libwww-perl|http-tiny|restsharp|hackney',
  ].join('|')})\\b`,
  'i',
);

function agentOf({ request }: Attempt): string {
  return request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
}

export default defineCheck({
  id: 'identifies-itself',
  kind: 'client',
  topic: 'Access',
  severity: 'minor',
  title: 'Your client names itself in User-Agent',
  why: 'When something goes wrong, the provider finds your traffic by its name instead of blocking a library.',
  fix: 'Send User-Agent: your-product/version (contact).',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5'],
  needs: ['client.control', 'client.lanes'],

  judge({ 'client.lanes': lanes }) {
    const calls = callsIn(lanes.runs);
    const unnamed = calls.find((one) => agentOf(one) === '' || LIBRARY.test(agentOf(one)));
    const call = unnamed ?? calls[0];
    if (call === undefined) return inconclusive('no-calls', 'No call was recorded.');
    const agent = agentOf(call);
    if (unnamed === undefined) return pass('named', `User-Agent: ${agent}.`, [call.id]);
    return fail(
      'library',
      agent === '' ? 'No User-Agent is sent.' : `User-Agent is that of a library: ${agent}.`,
      [call.id],
      { expected: 'your-product/version', measured: agent === '' ? 'none' : agent },
    );
  },
});
