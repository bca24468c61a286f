// What a fault may do, on top of one call.

import { STATUS_CODES } from 'node:http';
import { flatOf } from './answers.js';
import type { Call } from './call.js';
import { type ArmedFault, ClientGone, type FaultedCall } from './define.js';
import type { Random } from './random.js';
import { UpstreamError } from './source.js';
import { failUpstream, writeHead } from './wire.js';

export async function applyFault(
  call: Call,
  fault: ArmedFault,
  random: Random,
  otherOrigin: () => Promise<string>,
): Promise<void> {
  const { entry } = call;
  const met = { id: fault.id, params: fault.params, explain: fault.explain, missed: null as string | null };
  entry.fault = met;
  try {
    await fault.apply(
      faultedCallOf(call, otherOrigin, (reason) => (met.missed = reason)),
      random,
    );
  } catch (error) {
    if (error instanceof ClientGone) {
      if (!error.requestWhole) met.missed ??= 'The client closed the connection before its request was whole.';
    } else if (error instanceof UpstreamError) {
      met.missed ??= `The API behind the proxy gave no answer (${error.code}).`;
      failUpstream(call, error);
    } else throw error;
  }
}

function faultedCallOf(call: Call, otherOrigin: () => Promise<string>, miss: (reason: string) => void): FaultedCall {
  const { entry, response, lane } = call;
  return {
    method: entry.method,
    url: entry.url,
    samples: lane.samples,
    otherOrigin,
    miss,
    body: call.body,
    pass: call.pass,
    perform: async () => (await call.perform()).answer,
    async send(answer) {
      entry.answeredBy ??= 'fault';
      await call.send(answer);
    },
    open(status, headers) {
      entry.answeredBy ??= 'fault';
      writeHead(call, status, STATUS_CODES[status] ?? '', flatOf(headers));
      entry.answerFirstByteAt = performance.now();
      response.flushHeaders();
    },
    write(chunk) {
      lane.recorder.answerChunk(entry, chunk);
      return new Promise((resolve, reject) => {
        response.write(chunk, (error) => (error ? reject(new ClientGone(true)) : resolve()));
      });
    },
    finish: () => void response.end(),
    async cut() {
      call.end('we-cut', 'fin');
      await call.over();
    },
    reset: () => call.end('we-reset', 'rst'),
    async hang() {
      if (entry.endedAt === 0) entry.ended = 'we-hung';
      await call.over();
    },
    sleep(ms) {
      return new Promise((resolve, reject) => {
        if (response.closed) return reject(new ClientGone(true));
        const gone = () => {
          clearTimeout(timer);
          reject(new ClientGone(true));
        };
        const timer = setTimeout(() => {
          response.off('close', gone);
          resolve();
        }, ms);
        response.once('close', gone);
        return undefined;
      });
    },
  };
}
