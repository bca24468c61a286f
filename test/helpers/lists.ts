// A list on loopback that is paged in any style, for walks against a server other than our sandbox.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ListRequest {
  query: URLSearchParams;
  origin: string;
  /** Requests for this list so far, this one included. */
  count: number;
}

export interface ListAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body: unknown;
  /** Instead of the body: as it is to be sent. */
  text?: string;
}

/** Answers `/ping` with 200, and `/items` by `answer`. */
export async function startList(
  answer: (request: ListRequest) => ListAnswer,
): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/ping') return reply(response, { body: {} });
    seen.push(url.search);
    reply(response, answer({ query: url.searchParams, origin, count: seen.length }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: origin, seen };
}

function reply(
  response: ServerResponse,
  { status = 200, headers = {}, body, text = JSON.stringify(body) }: ListAnswer,
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
}

export function itemsOf(amount: number): { id: number; text: string }[] {
  // Long enough that a page is larger than what is kept of an answer.
  return Array.from({ length: amount }, (_, at) => ({ id: at + 1, text: 'x'.repeat(2000) }));
}
