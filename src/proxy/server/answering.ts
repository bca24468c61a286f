// What answers a recorded request: the script's fault, or the source behind the lane.
import { jsonAnswer } from '../answers.js';
import { type Call, holdCall } from '../call.js';
import { applyFault } from '../faulted-call.js';
import { bytesAlike, jsonBody, logicalOperation, sha256 } from '../json.js';
import { type Script, stepFor } from '../script.js';
import type { OpenCall } from '../source.js';
import { UpstreamError } from '../source.js';
import { failUpstream } from '../wire.js';
import { countAttempt, type Epoch } from './epoch.js';
import type { LaneState } from './state.js';

const ELSEWHERE = jsonAnswer(200, { id: 'elsewhere' });

/** Faults meet the operation aimed at alone; all else is passed. */
export function answer(state: LaneState, epoch: Epoch, open: OpenCall): void {
  const { script, source } = epoch.setup;
  if (open.entry.target && script !== undefined) hold(open, (call) => runStep(state, epoch, script, call));
  else if (source.pass !== undefined) source.pass(open);
  else hold(open, (call) => call.pass());
}

/** A call that followed a redirect to the other origin. */
export function answerElsewhere(open: OpenCall): void {
  open.entry.answeredBy = 'proxy';
  hold(open, (call) => call.send(ELSEWHERE));
}

/** Carries out the step of the script that is this attempt's turn. */
async function runStep(state: LaneState, epoch: Epoch, script: Script, call: Call): Promise<void> {
  const { entry } = call;
  entry.ofTarget = countAttempt(epoch, epoch.setup.perOperation === true ? await operationOf(call) : '');
  const fault = stepFor(script, entry.ofTarget)?.fault ?? null;
  if (fault === null) await call.pass();
  else await applyFault(call, fault, state.random.stream(fault.id), () => otherOrigin(state, entry.link.scheme));
}

async function operationOf(call: Call): Promise<string> {
  const { method, url, headers, body } = await call.whole();
  return logicalOperation(method, url, jsonBody(body, headers), bytesAlike(body, headers, sha256(body)), call.lane.key);
}

async function otherOrigin(state: LaneState, scheme: 'http' | 'https'): Promise<string> {
  const { intercept } = state.epoch.setup;
  return intercept === undefined ? state.otherOrigin.url() : intercept.otherOrigin(scheme);
}

/** What goes wrong meanwhile ends the attempt, and nothing else. */
function hold(open: OpenCall, work: (call: Call) => Promise<void>): void {
  const call = holdCall(open);
  work(call).catch((error: unknown) => {
    if (error instanceof UpstreamError) failUpstream(open, error);
    else if (!open.response.closed && !open.request.destroyed) {
      open.entry.errorCode = 'INTERNAL';
      open.entry.errorMessage = error instanceof Error ? error.message : String(error);
      call.end('failed', 'rst');
    }
  });
}
