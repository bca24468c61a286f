export interface Example {
  pass: string;
  fail: string;
}
export const EXAMPLES: Readonly<Record<string, Example>> = {
  'accepts-batches': {
    pass: 'POST /v1/orders/batch with 3 items was answered 201 with 3 ids.',
    fail: 'POST /v1/orders/batch with 3 items was answered 404.',
  },
  'accepts-longest-key': {
    pass: 'A key of 255 characters was answered 201.',
    fail: 'A key of 255 characters was answered 201, but its repeat made another resource; that of a shorter one does not.',
  },
  'accepts-rotated-secrets': {
    pass: 'Each was answered 2xx; effects were not looked at (webhook.effect): a good event; a good event.',
    fail: 'An event with two signatures (odd) was answered 400.',
  },
  'accepts-signed-events': {
    pass: 'Each was answered 2xx; effects were not looked at (webhook.effect): a good event; a good event.',
    fail: 'A good event (odd) was answered 400.',
  },
  'accepts-valid-key': {
    pass: 'GET /v1/ping with the key was answered 200.',
    fail: 'GET /v1/ping with the key was answered 401.',
  },
  'acknowledges-in-time': {
    pass: 'The slowest of 1 event was acknowledged after 1000 ms.',
    fail: '1 event of 1 took longer than 1000 ms, up to 1001 ms.',
  },
  'admits-listed-address': {
    pass: 'Answered as usual from 1 listed vantage point.',
    fail: 'Listed, but not answered as usual: second (192.0.2.7): 403.',
  },
  'alerts-on-failures': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest alerts-on-failures renews it.',
  },
  'announces-hsts': {
    pass: 'Strict-Transport-Security: max-age=31536000; includeSubDomains; preload.',
    fail: 'The answer has no Strict-Transport-Security.',
  },
  'answers-as-described': {
    pass: '1 answer of 1 operation fits the description.',
    fail: '1 of 2 answers does not fit, e.g. GET /orders/{id} (200): /amount must be integer.',
  },
  'answers-in-time': {
    pass: 'p95 of 20 answers is 500 ms.',
    fail: 'p95 of 20 answers is 600 ms, of which our own delay was at most 5 ms.',
  },
  'answers-unknown-paths': {
    pass: 'An unknown path was answered 404 (text/html); contract.errors promises no shape.',
    fail: 'An unknown path was answered 200.',
  },
  'backs-off-exponentially': {
    pass: 'Typical waits 0.5 s, 1.0 s, 2.0 s over 5 runs: factor 2.00.',
    fail: 'Typical waits 1.0 s, 1.0 s, 1.0 s over 5 runs: factor 1.00.',
  },
  'batches-writes': {
    pass: 'Sent as 2 batches.',
    fail: '2 creates went out one by one.',
  },
  'bounds-attempts': {
    pass: '4 to 5 attempts in 2 runs, then it stopped; under no other fault more than 5 attempts.',
    fail: '12 attempts under "no answer", still retrying after 60 s.',
  },
  'bounds-retry-after': {
    pass: 'Asked to wait an hour, it gave up and ended with exit 1.',
    fail: 'Asked to wait an hour, it came back after 3.6 s (seconds taken for milliseconds?).',
  },
  'branches-on-error-codes': {
    pass: 'With both messages: 1 attempt, ended with exit 1.',
    fail: 'With another message under the same code: 1 attempt, ended with exit 0; with the usual message: 1 attempt, ended with exit 1.',
  },
  'caches-reads': {
    pass: '1 read of 1 address, none again within its lifetime.',
    fail: '/v1/rates is read again after 1.0 s, though its answer may be reused for 60 s.',
  },
  'caps-page-size': {
    pass: 'GET /v1/products was asked for 4 items, 3 being the maximum, and refused with 422.',
    fail: 'GET /v1/products was asked for 4 items, 3 being the maximum, and answered 500.',
  },
  'challenges-unauthenticated-calls': {
    pass: 'A 401 carries WWW-Authenticate: Bearer realm="api".',
    fail: 'GET /v1/ping was answered 401 without WWW-Authenticate.',
  },
  'coalesces-duplicate-requests': {
    pass: 'One call for each of 1 address.',
    fail: '/v1/rates is asked for again while the first call is under way.',
  },
  'compares-signatures-safely': {
    pass: 'Signatures are compared safely: src/pay.ts:3:7: what stands there.',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'completes-provider-onboarding': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest completes-provider-onboarding renews it.',
  },
  'completes-without-faults': {
    pass: '2 runs without faults, each with exit 0.',
    fail: 'Without any fault your client ended with exit 1.',
  },
  'creates-once-after-lost-response': {
    pass: 'One resource after each lost answer and its repeat (counted).',
    fail: 'Cut at the first byte of the answer, then repeated with the same key: 2 resources (counted).',
  },
  'creates-once-on-replay': {
    pass: 'One resource after two calls (counted).',
    fail: '2 resources after two calls with one key (counted).',
  },
  'creates-once-under-concurrency': {
    pass: 'One resource in each of 2 rounds of 2 and 2 calls at once; while one was in flight others were answered 102 alone, without a final answer and 400.',
    fail: '2 calls at once with one key made 2 resources (counted).',
  },
  'disables-debug-in-production': {
    pass: 'No switch for debugging that is always on in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'documents-its-errors': {
    pass: 'The description lists the one kind of error that occurred: POST /orders (422).',
    fail: 'One error is not listed: POST /orders (401).',
  },
  'echoes-version': {
    pass: 'Api-Version was right on all 2 answers, errors included.',
    fail: 'GET /v1/ping (414) has no Api-Version.',
  },
  'ends-pagination': {
    pass: 'After 2 pages came no next page named.',
    fail: 'After 2 pages the walk came to where it had been, without no next page named.',
  },
  'explains-invalid-input': {
    pass: '422 names amount',
    fail: 'Input that should fail with 422 was answered 201.',
  },
  'explains-requirements': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest explains-requirements renews it.',
  },
  'explains-verification-benefits': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest explains-verification-benefits renews it.',
  },
  'fits-key-limits': {
    pass: '1 key within the limits.',
    fail: 'A key has 11 characters.',
  },
  'follows-the-changelog': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest follows-the-changelog renews it.',
  },
  'forgets-expired-keys': {
    pass: 'The key made a new resource 28.8 h after it was used, with a window of 24 h.',
    fail: 'The key was still answered with the first resource 28.8 h after it was used, with a window of 24 h.',
  },
  'grants-least-privilege': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest grants-least-privilege renews it.',
  },
  'handles-business-errors': {
    pass: 'no_funds: stop.',
    fail: 'On no_funds it must stop, but tried 2 times.',
  },
  'handles-in-flight-duplicates': {
    pass: 'It repeated with the same key and succeeded.',
    fail: 'It did not ask again and ended with exit 1.',
  },
  'has-support-runbook': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest has-support-runbook renews it.',
  },
  'hides-framework-banners': {
    pass: '2 answers without X-Powered-By or a version in Server.',
    fail: '1 of 2 answers, e.g. GET /v1/ping (500): X-Powered-By: PHP/7.4.3.',
  },
  'hides-internals-in-errors': {
    pass: '1 answer searched for stack traces, file paths and SQL.',
    fail: 'GET /v1/ping (500) shows a Node.js stack trace: "at handle (/srv/api/dist/orders.js:12:7)".',
  },
  'hides-key-in-errors': {
    pass: '1 answer searched for the key in plain, escaped, base64 and hex form, the one to a wrong key included.',
    fail: 'The body of the answer to GET /v1/ping repeats API_KEY.',
  },
  'honours-page-limit': {
    pass: 'GET /v1/products was asked for 2 items and gave 2, though there are more.',
    fail: 'GET /v1/products was asked for 2 items and gave 3.',
  },
  'honours-pinned-version': {
    pass: '/name is "Dana" in 2024-01-01 and {"first":"Dana"} in 2025-06-01.',
    fail: '/name is "Dana" in 2024-01-01 and in 2025-06-01: the version is ignored.',
  },
  'identifies-itself': {
    pass: 'User-Agent: acme-orders/1.4 (+https://acme.example).',
    fail: 'User-Agent is that of a library: curl/8.5.',
  },
  'ignores-env-files': {
    pass: 'Git tracks no file of variables with values, and nothing shows that .env files are used.',
    fail: 'Git tracks files of variables with values: .env (API_KEY).',
  },
  'ignores-forwarded-address': {
    pass: '4 calls in the name of 203.0.113.7 were refused as without the header.',
    fail: 'Served once the header named 203.0.113.7: X-Real-IP from outside: 200.',
  },
  'ignores-key-in-query': {
    pass: 'The key in the query alone was answered 401.',
    fail: 'The key in the query alone was accepted: 200.',
  },
  'ignores-unknown-event-types': {
    pass: 'An event of an unknown type was answered 202.',
    fail: 'An event of an unknown type ended your receiver.',
  },
  'invalidates-caches-on-events': {
    pass: 'For 150 ms the state "open" was served without the API. After the event the API was asked again (GET /v1/orders/1).',
    fail: 'For 150 ms the state "open" was served without the API. After an event that says otherwise it was still "open" for 2050 ms, and 30 readings did not ask the API.',
  },
  'isolates-keys-between-accounts': {
    pass: 'The second account got 201 and a resource of its own.',
    fail: "The second account repeated the key of the first and got 201 with the first one's resource.",
  },
  'jitters-backoff': {
    pass: 'The same wait spreads over 0.6 s in 5 runs.',
    fail: 'The same wait spreads over only 14 ms in 5 runs.',
  },
  'keeps-accepted-events': {
    pass: 'Killed while it handled events and after it had answered and started again, your receiver lost none of 4 events.',
    fail: 'Your receiver was killed while it handled events. Of 2 effects that its 2xx answers had promised, 1 came.',
  },
  'keeps-body-across-retries': {
    pass: 'One body over all attempts in 2 runs with retries.',
    fail: 'Under "no answer" attempt 2 carries another body than attempt 1.',
  },
  'keeps-body-on-its-origin': {
    pass: 'The redirect to another origin was not followed.',
    fail: 'The other origin received the body.',
  },
  'keeps-good-time': {
    pass: 'Date is 0 s off ours at the median of 1 answer.',
    fail: 'Date is -599 s off ours at the median of 1 answer.',
  },
  'keeps-key-across-retries': {
    pass: 'One key over all attempts in 2 runs with retries.',
    fail: 'Under "no answer" attempt 2 carries another key than attempt 1.',
  },
  'keeps-key-on-its-origin': {
    pass: 'The redirect to another origin was not followed.',
    fail: 'The other origin received the credential in x-api-key.',
  },
  'keeps-key-out-of-output': {
    pass: 'The output of 3 runs searched, failing ones included.',
    fail: 'Under "401" your client printed endpoint.key.',
  },
  'keeps-key-out-of-urls': {
    pass: '2 URLs searched in plain and encoded forms.',
    fail: 'POST /v1/orders carries the key.',
  },
  'keeps-keys-server-side': {
    pass: 'No secret under a name that is built for browsers in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'keeps-secrets-out-of-bundles': {
    pass: 'No secret stands in 12 files (files of source.bundles).',
    fail: 'src/pay.ts:3:7: a GitHub token (gh…, fingerprint 0123456789abcdef).',
  },
  'keeps-secrets-out-of-history': {
    pass: 'No secret stands in 12 files (versions of files in 4 commits). Branches and tags were read, not stashes and the reflog. 1 stash not searched.',
    fail: 'src/pay.ts:3:7 in commit c0ffee0123: a GitHub token (gh…, fingerprint 0123456789abcdef).',
  },
  'keeps-secrets-out-of-source': {
    pass: 'No secret stands in 12 files (tracked files).',
    fail: 'src/pay.ts:3:7: a GitHub token (gh…, fingerprint 0123456789abcdef).',
  },
  'keeps-verification-smooth': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest keeps-verification-smooth renews it.',
  },
  'leaves-client-errors-alone': {
    pass: 'One attempt each on 400.',
    fail: '400: 2 attempts, 422: 2 attempts.',
  },
  'leaves-rejected-events-without-effect': {
    pass: '2 events that must be refused had no effect within 300 ms.',
    fail: 'Events that must be refused had 2 effects, though they were refused: a forgery.',
  },
  'leaves-sandbox-behind': {
    pass: 'No host or key of the sandbox (sandbox.example.com) in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'limits-bursts': {
    pass: 'After 8 calls of GET /v1/ping that worked, one was answered 429.',
    fail: 'After 8 calls of GET /v1/ping that worked, one was answered 503, which contract.rateLimit.statuses does not name.',
  },
  'logs-errors': {
    pass: 'The status or error code of each failed call is in the output (400, 422, 500, 429, 503 for good, 502 with an HTML page).',
    fail: 'After 429 with Retry-After: 3600 the output holds neither the status nor the error code.',
  },
  'logs-forgeries': {
    pass: 'A forged event left the line "refused event: no good signature".',
    fail: 'A forged event left no line that a good one does not leave, too.',
  },
  'logs-request-ids': {
    pass: 'The request id of each failed call is in the output (400, 422).',
    fail: 'After 503 for good the output does not hold the request id.',
  },
  'logs-suspicious-activity': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest logs-suspicious-activity renews it.',
  },
  'marks-replays': {
    pass: 'idempotent-replayed: yes on the replay, not on the first answer.',
    fail: 'The first answer already carries idempotent-replayed: true.',
  },
  'matches-no-message-text': {
    pass: 'No branch on the text of a message in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'monitors-performance': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest monitors-performance renews it.',
  },
  'notices-errors-in-success-answers': {
    pass: '200 with an error in its body: your client ended with exit 1.',
    fail: 'The operation was refused by a 200 with an error in its body, yet your client reported success.',
  },
  'omits-key-on-reads': {
    pass: '1 read without a key.',
    fail: 'DELETE /v1/orders carries a key.',
  },
  'pages-to-the-end': {
    pass: 'All 350 items in 4 pages, none twice.',
    fail: 'Items 101 to 200 are read twice.',
  },
  'pages-without-overlap': {
    pass: '3 items on 2 pages, each of them once.',
    fail: 'Item x, which one page lists before and after the walk, is on none of its 2 pages.',
  },
  'pins-version': {
    pass: 'Api-Version: 2026-01-15 on all 2 calls.',
    fail: 'Under "503" POST /v1/orders sends no Api-Version.',
  },
  'polls-sparingly': {
    pass: '5 status reads, typically 1.0 s apart.',
    fail: '5 status reads, typically 50 ms apart, where 1.0 s are asked for.',
  },
  'presents-valid-certificate': {
    pass: 'The certificate of api.example.com, issued by Example Authority, verifies until 2026-04-15, 90 days from now.',
    fail: 'The certificate of api.example.com verifies, but only until 2026-01-29, 13 days from now.',
  },
  'prevents-injection': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest prevents-injection renews it.',
  },
  'processes-concurrent-duplicates-once': {
    pass: 'Delivered more than once, each event had its effect once: sent twice.',
    fail: 'One event, delivered more than once (sent twice), had 2 effects in place of 1.',
  },
  'processes-events-once': {
    pass: 'Delivered more than once, each event had its effect once: sent twice.',
    fail: 'One event, delivered more than once (sent twice), had 2 effects in place of 1.',
  },
  'protects-retried-writes': {
    pass: 'All attempts in 2 runs with retries carry a key (or do no harm twice).',
    fail: 'Under "no answer" the call was sent again without an idempotency key.',
  },
  'reads-keys-from-environment': {
    pass: 'Keys are read where they belong: src/pay.ts:3:7: what stands there.',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'reads-retry-after-dates': {
    pass: '429: waited 2.7 s of 2.7 s asked; 503: waited 2.7 s of 2.7 s asked.',
    fail: 'On 429 it was asked to wait 2.7 s and came back after 1.6 s.',
  },
  'reads-with-live-key': {
    pass: 'GET /v1/ping on live.example.com with the production key was answered 200.',
    fail: 'GET /v1/ping on live.example.com with the production key was answered 401.',
  },
  'recovers-after-limit': {
    pass: 'GET /v1/ping worked again 2.1 s after the limit answer.',
    fail: 'GET /v1/ping was answered 429 again, 2.1 s after the limit answer.',
  },
  'refreshes-expired-tokens': {
    pass: 'One 401, one new token, then success.',
    fail: 'After the 401 the call was not repeated.',
  },
  'refuses-old-tls': {
    pass: 'The server refused handshakes with TLS 1.0 and TLS 1.1; TLSv1.3 works.',
    fail: 'A handshake with TLS 1.0 alone succeeded, and no TLS 1.2 or 1.3 came about (GET /v1/ping failed in the TLS handshake (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: no)).',
  },
  'refuses-plain-http': {
    pass: 'Plain HTTP gets no answer: GET /v1/ping was refused: nothing listens there.',
    fail: 'Over plain HTTP the API answered 200.',
  },
  'refuses-plain-reads': {
    pass: 'GET was answered 405, and nothing came of it.',
    fail: 'A GET on the URL had 1 effect (a good event).',
  },
  'rejects-bad-input-early': {
    pass: 'a negative amount: no write, and a failure each.',
    fail: 'Under "a negative amount" it sent a POST.',
  },
  'rejects-changed-body': {
    pass: 'Another body under the same key was answered 422, and nothing was created.',
    fail: 'Another body under the same key got the first answer: the new order is silently lost.',
  },
  'rejects-forged-signatures': {
    pass: '1 event refused: an attack.',
    fail: 'A forged event (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-future-events': {
    pass: '1 event refused: an attack.',
    fail: 'An event from the future (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-malformed-bodies': {
    pass: 'broken JSON: 400, wrong content type: 415, empty body: 422',
    fail: 'broken JSON: answered 201.',
  },
  'rejects-malformed-signatures': {
    pass: '1 event refused: an attack.',
    fail: 'A malformed signature (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-missing-key': {
    pass: 'Without a key the same call was answered 401.',
    fail: 'Without a key the same call was answered 200.',
  },
  'rejects-out-of-scope-call': {
    pass: 'The restricted key was answered 200 on GET /v1/ping and 403 on POST /v1/orders.',
    fail: 'POST /v1/orders with the restricted key was answered 201.',
  },
  'rejects-overlong-key': {
    pass: 'A key of 256 characters was answered 400.',
    fail: 'A key of 256 characters was answered 500.',
  },
  'rejects-removed-version': {
    pass: '2 removed versions refused (2020-01-01: 410, 2021-01-01: 400).',
    fail: 'The removed version 2021-01-01 was answered 200.',
  },
  'rejects-revoked-key': {
    pass: 'The revoked key was answered 401.',
    fail: 'The revoked key was answered 200.',
  },
  'rejects-stale-events': {
    pass: '1 event refused: an attack.',
    fail: 'A stale event (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-tampered-bodies': {
    pass: '1 event refused: an attack.',
    fail: 'A tampered event (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-truncated-responses': {
    pass: 'Your client ended with exit 1.',
    fail: 'The body was cut short, yet your client reported success.',
  },
  'rejects-unknown-version': {
    pass: 'Version 1999-01-01 was answered 400.',
    fail: 'Version 1999-01-01 never existed and was answered 200: the API silently serves another version.',
  },
  'rejects-unlisted-address': {
    pass: 'Refused: outside (http://proxy:3128): 403; at the same time office (direct) was answered as usual.',
    fail: 'Not refused although not listed: outside (direct): 200.',
  },
  'rejects-unsigned-events': {
    pass: '1 event refused: an attack.',
    fail: 'An unsigned event (an attack) was answered 204, so it was taken for a good one.',
  },
  'rejects-wrong-key': {
    pass: 'A well-formed wrong key was answered 401.',
    fail: 'A well-formed wrong key was answered 200.',
  },
  'remembers-keys-within-window': {
    pass: 'The key was answered with the first resource 12 h after it was used, inside the window of 24 h.',
    fail: 'The key made another resource 12 h after it was used, inside the window of 24 h.',
  },
  'replays-first-response': {
    pass: 'The repeat of the accepted create (202) names the same resource, finished by now.',
    fail: 'The repeat differs: status 201 became 200.',
  },
  'replays-stored-errors': {
    pass: 'The repeat was answered 422 with the same content, and the key stays bound to it.',
    fail: 'The repeat of a refused create was answered 422 too, but with another error: other values at /code, /error.',
  },
  'replays-updates': {
    pass: 'The repeat was refused with 409, as documented.',
    fail: 'PATCH /v1/orders/1 was performed again: the update between the two is undone.',
  },
  'reports-errors-to-a-tracker': {
    pass: 'A tracker of errors is started: src/pay.ts:3:7: what stands there.',
    fail: 'A tracker is named and never started: src/pay.ts:3:7: what stands there.',
  },
  'reports-failures': {
    pass: '9 runs that failed finally, none of which looks like a success.',
    fail: 'After a final no answer your client ended with exit 0.',
  },
  'reports-rate-limits': {
    pass: 'The headers are present (limit 10, reset in 9 s).',
    fail: 'GET /v1/ping: no X-RateLimit-Remaining.',
  },
  'requests-full-pages': {
    pass: 'limit=100 on all 2 calls.',
    fail: 'A call of the list does not say limit.',
  },
  'requires-idempotency-key': {
    pass: 'Without a key the create was answered 422, and nothing was created.',
    fail: 'Without a key the create was answered 201.',
  },
  'restricts-addresses': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest restricts-addresses renews it.',
  },
  'resumes-with-same-key-after-crash': {
    pass: 'Killed while it waited and started again, it sent the same key and body.',
    fail: 'Killed while it waited and started again, it sent nothing and ended with exit 0.',
  },
  'retries-lost-connections': {
    pass: 'Both kinds of reset were retried and succeeded.',
    fail: 'After a reset after the request was read it did not retry.',
  },
  'retries-rate-limits': {
    pass: 'After one 429, 429 with Retry-After each it retried and succeeded.',
    fail: 'After one 429 with Retry-After it did not retry.',
  },
  'retries-refused-keys': {
    pass: 'The same key was answered 201, 1.1 s after POST /v1/orders was answered 429.',
    fail: 'The same key was answered 429, 1.1 s after POST /v1/orders was answered 429, and 429 once more, while a new key was answered 201.',
  },
  'retries-server-errors': {
    pass: 'After one 500, 502, 503, 504 each it retried and succeeded.',
    fail: 'After one 502 it did not retry.',
  },
  'rotates-keys': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest rotates-keys renews it.',
  },
  'sends-idempotency-key': {
    pass: 'Idempotency-Key on all 2 creates.',
    fail: 'Under "no answer" POST /v1/orders carries no Idempotency-Key.',
  },
  'sends-key-in-header': {
    pass: 'All 2 calls carried X-Signature, X-Date, which changed with the request.',
    fail: '1 of 2 calls did not carry X-Signature, e.g. POST /v1/orders.',
  },
  'sends-request-id-on-errors': {
    pass: 'All 1 error answer carry X-Request-Id.',
    fail: '1 of 2 error answers carry none, e.g. GET /v1/ping (413).',
  },
  'sends-request-id': {
    pass: 'All 1 success answer carry X-Request-Id or X-Amzn-Trace-Id.',
    fail: '1 of 2 success answers carry none, e.g. GET /v1/ping (200).',
  },
  'sends-retry-after': {
    pass: '2 limit answers, each with a time to wait (Retry-After, 2 s).',
    fail: 'GET /v1/ping was answered 429 without a time to wait.',
  },
  'sends-unique-request-ids': {
    pass: '2 ids, no id twice.',
    fail: 'GET /v1/ping and GET /v1/ping carry the same id a.',
  },
  'sends-valid-bodies': {
    pass: '2 bodies fit their schemas.',
    fail: '1 of 2 bodies do not fit: create: /amount must be integer.',
  },
  'separates-environments': {
    pass: 'the key begins like a sandbox key: sandbox.',
    fail: 'sandbox.example.com is a live host.',
  },
  'separates-idempotency-keys': {
    pass: 'Two keys with one body made two resources (counted).',
    fail: 'Two keys with one body made 1 resource.',
  },
  'serves-supported-version': {
    pass: '1 answer to version 2025-06-01, none with a Sunset or Deprecation.',
    fail: 'GET /v1/ping announces Sunset: Sun, 01 Mar 2026 00:00:00 GMT, in 44 days.',
  },
  'shapes-errors-consistently': {
    pass: 'All 2 error answers have the promised content type and members.',
    fail: '1 of 2 error answers deviate, e.g. GET /v1/ping (405): content type text/html, not application/problem+json; no JSON body.',
  },
  'shows-exact-fees': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest shows-exact-fees renews it.',
  },
  'shows-friendly-messages': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest shows-friendly-messages renews it.',
  },
  'shows-processing-times': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest shows-processing-times renews it.',
  },
  'shows-status-updates': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest shows-status-updates renews it.',
  },
  'signals-errors-by-status': {
    pass: '2 refusals, answered 401, 422.',
    fail: '2 of 3 refusals came with a success status, e.g. GET /v1/ping: 200 with an error in its body (/status: error).',
  },
  'slows-down-when-limited': {
    pass: 'Under 429 it stopped after 4 and 5 of 10 calls.',
    fail: 'It keeps its pace: 0.1 s and 0.1 s between calls under 429, 0.1 s without.',
  },
  'starts-verification-small': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest starts-verification-small renews it.',
  },
  'stores-secrets-in-a-manager': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest stores-secrets-in-a-manager renews it.',
  },
  'suppresses-duplicates-on-purpose': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest suppresses-duplicates-on-purpose renews it.',
  },
  'survives-bad-retry-after': {
    pass: 'Retry-After: soon: 4 attempts; Retry-After: -5: 4 attempts; Retry-After: Wed, 21 Oct 2015 07:28:00 GMT: 4 attempts.',
    fail: 'With Retry-After: soon it waited 3 ms in all, where its own wait is 1.5 s.',
  },
  'survives-html-errors': {
    pass: '502 with an HTML page: ended with exit 1; 200 with garbage: ended with exit 1.',
    fail: '200 with garbage: your client reported success.',
  },
  'survives-large-events': {
    pass: 'An event of 1 MiB was answered 200.',
    fail: 'An event of 1 MiB was answered 500.',
  },
  'survives-lost-response': {
    pass: 'It repeated with the same key and body: one effect, success.',
    fail: 'After the lost answer your client did not retry; it ended with exit 1.',
  },
  'survives-slow-responses': {
    pass: 'answered after 7500 ms: one operation, success.',
    fail: 'While the answer was on its way (answered after 7500 ms) it sent the create again with another key in attempt 2.',
  },
  'tests-all-flows': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest tests-all-flows renews it.',
  },
  'tests-error-scenarios': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest tests-error-scenarios renews it.',
  },
  'tests-under-load': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest tests-under-load renews it.',
  },
  'times-out': {
    pass: 'It gave up the call (no answer: after 30 s; headers, then silence: after 30 s).',
    fail: 'no answer: it still waited after 31 s.',
  },
  'tolerates-reordered-events': {
    pass: 'Each was answered 2xx; effects were not looked at (webhook.effect): a good event; a good event.',
    fail: 'An event that came late (odd) was answered 400.',
  },
  'tolerates-unknown-fields': {
    pass: 'Extra members in another order: still a success. No member of the answer looks like an enumeration, so no unknown value was tried.',
    fail: 'Extra members in another order: your client answered its trigger with 502.',
  },
  'tracks-error-rates': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest tracks-error-rates renews it.',
  },
  'updates-status-on-events': {
    pass: 'The state was "open" after the first event and "paid" after the second.',
    fail: 'After two events with different contents the state was "open", as it had been after the first.',
  },
  'upgrades-verification-when-needed': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest upgrades-verification-when-needed renews it.',
  },
  'uses-fresh-key-per-operation': {
    pass: 'No two separate runs sent the same key.',
    fail: 'Two separate runs sent the same key k-1; if it is derived from the operation on purpose, set contract.idempotency.style: meaningful.',
  },
  'uses-https-only': {
    pass: 'All 2 calls to 127.0.0.1 went by https.',
    fail: '1 of 2 calls went to 127.0.0.1 in plain HTTP, e.g. POST http://api.example.com/v1/orders.',
  },
  'uses-https-urls': {
    pass: 'No http:// URL of api.example.com in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'uses-unguessable-keys': {
    pass: '2 keys without visible meaning, at least 128 bits each.',
    fail: 'The key ada@example.com-1 holds an email address.',
  },
  'validates-user-input': {
    pass: 'Stated by dana@example.com, until 2027-05-31: https://wiki.example.com/page (link not opened).',
    fail: 'dana@example.com stated it until 2027-05-31, which is over: golive-check attest validates-user-input renews it.',
  },
  'verifies-certificates': {
    pass: 'Refused before a request was sent: certificate of an unknown authority, certificate for another host, expired certificate. The right certificate was accepted.',
    fail: 'Your client sent its call despite: expired certificate.',
  },
  'verifies-raw-body': {
    pass: 'Each was answered 2xx; effects were not looked at (webhook.effect): a good event; a good event.',
    fail: 'A good event in another form (odd) was answered 400.',
  },
  'verifies-tls-in-source': {
    pass: 'No switch that turns the check of certificates off in 12 files (10 js).',
    fail: 'src/pay.ts:3:7: what stands there.',
  },
  'waits-before-first-retry': {
    pass: 'First wait 0.2 s (median of 5 runs).',
    fail: 'First wait 49 ms (median of 3 runs).',
  },
  'waits-for-retry-after': {
    pass: '429: waited 2.0 s of 2.0 s asked; 503: waited 2.0 s of 2.0 s asked.',
    fail: 'On 429 it was asked to wait 2.0 s and came back after 1.9 s.',
  },
};
