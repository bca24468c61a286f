import type { Checklist } from './define.js';

export default {
  provider: 'print-one',
  name: 'Print.one',
  title: 'Idempotency',
  source: 'https://help.print.one/api/idempotency',
  lines: [
    {
      id: 'P1',
      text: 'A key on every call that makes or changes an order or template',
      checks: ['sends-idempotency-key'],
    },
    {
      id: 'P2',
      text: 'Retry safely after the connection failed',
      checks: ['creates-once-after-lost-response', 'keeps-key-across-retries', 'survives-lost-response'],
    },
    {
      id: 'P3',
      text: 'Two orders under one key within a day: only the first is made',
      checks: ['replays-first-response', 'creates-once-on-replay'],
    },
    {
      id: 'P4',
      text: 'A key with meaning, such as a customer number, stops duplicates',
      checks: ['separates-idempotency-keys', 'uses-unguessable-keys', 'suppresses-duplicates-on-purpose'],
    },
    { id: 'P5', text: 'No de-duplication of files on your own side is needed', checks: [], information: true },
    { id: 'P6', text: 'The key goes into the header Idempotency-Key', checks: ['sends-idempotency-key'] },
    { id: 'P7', text: 'The first answer is kept, failures and 500s included', checks: ['replays-stored-errors'] },
    { id: 'P8', text: 'Make keys random enough: a UUIDv4 or better', checks: ['uses-unguessable-keys'] },
    {
      id: 'P9',
      text: 'A key may have up to 255 characters',
      checks: ['accepts-longest-key', 'rejects-overlong-key', 'fits-key-limits'],
    },
    {
      id: 'P10',
      text: 'A key is forgotten after 24 hours',
      checks: ['remembers-keys-within-window', 'forgets-expired-keys'],
    },
    {
      id: 'P11',
      text: 'The same key with another body is an error',
      checks: ['rejects-changed-body', 'keeps-body-across-retries'],
    },
    { id: 'P12', text: 'Every POST and PATCH takes a key', checks: ['replays-updates'] },
    { id: 'P13', text: 'GET and DELETE carry no key', checks: ['omits-key-on-reads'] },
  ],
} as const satisfies Checklist;
