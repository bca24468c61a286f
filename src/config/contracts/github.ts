import { defineProvider } from './define.js';

const DOCS = 'https://docs.github.com/en/webhooks';
const PAGES = {
  bestPractices: `${DOCS}/using-webhooks/best-practices-for-using-webhooks`,
  failed: `${DOCS}/using-webhooks/handling-failed-webhook-deliveries`,
  payloads: `${DOCS}/webhook-events-and-payloads`,
  validating: `${DOCS}/using-webhooks/validating-webhook-deliveries`,
};

/** Its webhooks alone. */
export default defineProvider({
  id: 'github',
  title: 'GitHub, webhooks',
  layer: {
    contract: {
      webhook: {
        scheme: 'github',
        header: 'X-Hub-Signature-256',
        id: 'X-GitHub-Delivery',
        type: 'X-GitHub-Event',
        ackMs: 10_000,
        events: ['push', 'pull_request', 'issues', 'release', 'ping'],
      },
    },
    webhook: {
      event: {
        ref: 'refs/heads/main',
        before: '1'.repeat(40),
        after: '{{unique:40:0-9a-f}}',
        created: false,
        deleted: false,
        forced: false,
        repository: { id: 1, name: 'go-live-check', full_name: 'octo-example/go-live-check', private: true },
        pusher: { name: 'octo-example', email: 'octo@example.com' },
        sender: { login: 'octo-example', id: 2, type: 'User' },
        commits: [],
        head_commit: null,
      },
    },
  },
  facts: [
    {
      at: ['contract.webhook.scheme', 'contract.webhook.header'],
      says: 'X-Hub-Signature-256 holds sha256= and the hex HMAC-SHA256 of the body, without a timestamp.',
      source: PAGES.validating,
    },
    {
      at: ['contract.webhook.id'],
      says: 'X-GitHub-Delivery names the event, and is the same when it is delivered again: it is what protects from replays.',
      source: PAGES.bestPractices,
    },
    {
      at: ['contract.webhook.ackMs'],
      says: 'A 2xx counts within 10 seconds (30 on a GitHub Enterprise Server).',
      source: PAGES.bestPractices,
    },
    {
      at: ['contract.webhook.type', 'contract.webhook.events', 'webhook.event'],
      says: 'X-GitHub-Event names the type, which the body does not; each has a body of its own, and a new webhook gets a ping.',
      source: PAGES.payloads,
    },
    {
      at: [],
      says: 'Nothing is delivered again by itself: somebody asks for it, by hand or through the API.',
      source: PAGES.failed,
    },
  ],
  open: ['the status that refuses an event: any 4xx but 404 and 405'],
  asks: [
    {
      at: 'webhook.url',
      why: 'where your receiver takes events while it runs on this machine',
      sample: 'http://127.0.0.1:3000/webhooks',
    },
    {
      at: 'webhook.secret',
      why: 'the variable that holds the secret of your webhook',
      sample: '${GITHUB_WEBHOOK_SECRET}',
    },
    {
      at: 'contract.webhook.events',
      why: 'the events that you subscribed to; the sample is one of the first',
      sample: ['push'],
    },
  ],
  sdks: {
    npm: ['octokit', '@octokit/webhooks'],
    pypi: ['PyGithub'],
    go: ['github.com/google/go-github'],
    composer: ['knplabs/github-api'],
    rubygems: ['octokit'],
    maven: ['org.kohsuke:github-api'],
  },
  keyEnv: null,
  baseUrlEnv: null,
});
