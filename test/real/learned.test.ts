// `client` with no config: what it learns of programs in several languages, each in its own way of calling an API.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-learned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));

const SHOP = 'https://api.shop.example/v2/orders';
const KEY = { SHOP_KEY: 'canary_3f9d1c7a5b2e8064' };
const STRIPE = { STRIPE_KEY: 'sk_test_canary7d1f3b5c9e2a' };

interface Program {
  command: string[];
  file?: [name: string, text: string];
  env?: Record<string, string>;
  words?: string[];
  /** What must be here, and answer with success. */
  needs: string[];
  learned: RegExp[];
}

const KEYED = "{ 'X-Api-Key': process.env.SHOP_KEY, 'Idempotency-Key': crypto.randomUUID() }";
const LEARNED = [
  /^API: https:\/\/api\.shop\.example\/v2 /m,
  /^create: POST \/orders /m,
  /^Credential: SHOP_KEY \(found in X-Api-Key\)/im,
  /^Idempotency-Key: the idempotency key \(seen on POST \/orders, new for each run\)/im,
];
const NO_KEY = [...LEARNED.slice(0, 3), /^Idempotency key: none/m];

const PROGRAMS: Readonly<Record<string, Program>> = {
  fetch: {
    command: ['node', 'fetch.mjs'],
    file: [
      'fetch.mjs',
      `const headers = ${KEYED};
      const answer = await fetch('${SHOP}', { method: 'POST', body: '{"a":1}', headers: { ...headers, 'Content-Type': 'application/json' } });
      if (typeof (await answer.json()).id !== 'string') process.exit(1);`,
    ],
    needs: ['node', '--version'],
    learned: LEARNED,
  },
  axios: {
    command: ['node', 'axios.mjs'],
    file: [
      'axios.mjs',
      `import axios from 'axios'; const { status } = await axios.post('${SHOP}', { a: 1 }, { headers: ${KEYED} }); if (status !== 200) process.exit(1);`,
    ],
    needs: ['node', '--version'],
    learned: LEARNED,
  },
  got: {
    command: ['node', 'got.mjs'],
    file: [
      'got.mjs',
      `import got from 'got'; const { id } = await got.post('${SHOP}', { json: { a: 1 }, headers: ${KEYED} }).json();
      await got('${SHOP}/' + id, { headers: ${KEYED} }).json();`,
    ],
    needs: ['node', '--version'],
    learned: [...LEARNED, /^get-orders-id: GET \/orders\/\{id\} /m],
  },
  stripe: {
    command: ['node', 'stripe.mjs'],
    file: [
      'stripe.mjs',
      `import Stripe from 'stripe'; const { id } = await new Stripe(process.env.STRIPE_KEY).customers.create({ email: 'a@example.com' }); if (!id.startsWith('cus_')) process.exit(1);`,
    ],
    env: STRIPE,
    needs: ['node', '--version'],
    learned: [
      /^API: https:\/\/api\.stripe\.com\/v1 \(known: Stripe/m,
      /^create: POST \/customers \(answered by the sample of the built-in contract\)/m,
      /^Credential: STRIPE_KEY \(found in Authorization behind "Bearer"\)/m,
      /^Idempotency-Key: the idempotency key/m,
    ],
  },
  "Python's requests": {
    command: ['python3', 'order.py'],
    file: [
      'order.py',
      `import os, requests\nrequests.post('${SHOP}', json={'a': 1}, headers={'X-Api-Key': os.environ['SHOP_KEY']}).raise_for_status()\n`,
    ],
    needs: ['python3', '-c', 'import requests'],
    learned: NO_KEY,
  },
  curl: {
    command: [`curl -sf -X POST ${SHOP} -d a=1 -H "X-Api-Key: \${SHOP_KEY}"`],
    needs: ['curl', '--version'],
    learned: NO_KEY,
  },
  Go: {
    command: ['go', 'run', 'order.go'],
    file: [
      'order.go',
      `package main
import ("net/http"; "os"; "strings")
func main() {
  r, _ := http.NewRequest("POST", "${SHOP}", strings.NewReader("{}"))
  r.Header.Set("X-Api-Key", os.Getenv("SHOP_KEY"))
  a, err := http.DefaultClient.Do(r)
  if err != nil || a.StatusCode > 299 { os.Exit(1) }
}
`,
    ],
    needs: ['go', 'version'],
    learned: NO_KEY,
  },
  PHP: {
    command: ['php', 'order.php'],
    file: [
      'order.php',
      `<?php $c = curl_init('${SHOP}'); curl_setopt_array($c, [CURLOPT_POSTFIELDS => '{}', CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['X-Api-Key: ' . getenv('SHOP_KEY')]]); exit(curl_exec($c) === false ? 1 : 0);`,
    ],
    needs: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    learned: NO_KEY,
  },
  Ruby: {
    command: ['ruby', 'order.rb'],
    file: [
      'order.rb',
      `require 'net/http'\nanswer = Net::HTTP.post(URI('${SHOP}'), '{}', 'X-Api-Key' => ENV['SHOP_KEY'])\nexit 1 unless answer.is_a?(Net::HTTPSuccess)\n`,
    ],
    needs: ['ruby', '--version'],
    learned: NO_KEY,
  },
  // Its own clients send a proxy no password: the proxy of the second try asks for none.
  Java: {
    command: ['java', 'Order.java'],
    file: [
      'Order.java',
      `import java.net.URI; import java.net.http.*;
public class Order { public static void main(String[] a) throws Exception {
  var request = HttpRequest.newBuilder(URI.create(System.getenv("SHOP_URL") + "/orders"))
    .header("X-Api-Key", System.getenv("SHOP_KEY")).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
  var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  if (answer.statusCode() > 299) System.exit(1);
} }`,
    ],
    env: { SHOP_URL: 'https://api.shop.example/v2' },
    needs: ['javac', '-version'],
    learned: NO_KEY,
  },
};

describe.concurrent('what a run without faults shows of', () => {
  for (const [name, { command, file, env = {}, words = [], needs, learned }] of Object.entries(PROGRAMS)) {
    const [program = '', ...asked] = needs;
    const isHere = spawnSync(program, asked, { stdio: 'ignore' }).status === 0;
    // A test that is skipped says why by its name.
    it.skipIf(!isHere)(isHere ? name : `${name} (skipped: "${needs.join(' ')}" does not work here)`, async () => {
      if (file !== undefined) writeFileSync(join(folder, file[0]), file[1]);
      const cache = join(folder, `cache-${name.replace(/\W/g, '')}`);
      mkdirSync(cache);
      const { code, stdout, stderr } = await runCli(
        ['client', '--json', '--quiet', '--only', 'completes-without-faults', ...words, '--', ...command],
        folder,
        { HOME: process.env.HOME ?? '', XDG_CACHE_HOME: cache, GOCACHE: cache, ...KEY, ...env },
      );
      expect([code, stderr]).toEqual([0, '']);
      const report = JSON.parse(stdout) as Report;
      const told = (report.run.learned ?? []).map(({ what, from }) => `${what} (${from})`).join('\n');
      for (const one of learned) expect(told).toMatch(one);
      expect(report.checks.map((one) => one.outcome)).toEqual(['pass']);
      for (const secret of [KEY.SHOP_KEY, STRIPE.STRIPE_KEY]) expect(stdout).not.toContain(secret);
    });
  }
});
