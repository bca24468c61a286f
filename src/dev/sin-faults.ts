// The columns of the matrix of sins: what a client can meet, and the lanes in which it meets that.

interface FaultFacts {
  /** Names of the lanes: `<probe>.<scenario>.<repeat>`. */
  lanes: RegExp;
  means: string;
}

export const FAULTS = {
  'server-errors': {
    lanes: /^(server-errors|server-outage|outage)\.|^retry-after(-dates)?\.503/,
    means: 'a 5xx, once or for good',
  },
  limit: {
    lanes: /^(rate-limits|long-retry-after|bad-retry-after)\.|^(retry-after(-dates)?|lasting-faults)\.429/,
    means: 'a 429, with and without Retry-After',
  },
  reset: { lanes: /^lost-connections\.|^lasting-faults\.reset/, means: 'a connection that is reset' },
  'lost-response': { lanes: /^lost-response\./, means: 'a connection that is closed in place of an answer' },
  hang: { lanes: /^hang\./, means: 'no answer before its own time-out' },
  slow: { lanes: /^(slow-response|delays)\./, means: 'an answer just inside its time-out' },
  truncated: { lanes: /^truncated-response\./, means: 'an answer that is cut short' },
  garbage: { lanes: /^html-errors\.200/, means: 'a 200 that is no JSON' },
  html: { lanes: /^html-errors\.502/, means: 'a 502 with an HTML page' },
  redirect: { lanes: /^redirect\./, means: 'a redirect to another origin' },
  'in-flight': { lanes: /^in-flight\./, means: 'the answer that the first call is under way' },
  refusal: { lanes: /^(refusals|other-message|errors-in-success)\./, means: 'a final 4xx, or a 200 that says so' },
  'business-error': { lanes: /^business-errors\./, means: 'a 4xx with a code of its own' },
  'unknown-fields': { lanes: /^unknown-fields\./, means: 'a good answer with more members' },
  crash: { lanes: /^crash\./, means: 'being killed and started again' },
  workload: {
    lanes: /^(list|reads|concurrent-reads|many-creates|polling|limited)\./,
    means: 'other work than one order',
  },
  'bad-input': { lanes: /^bad-inputs\./, means: 'input that it must refuse itself' },
} as const satisfies Record<string, FaultFacts>;

export type Fault = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** null: the lane has no fault. Throws where it is of none that is named here: the matrix would not see it. */
export function faultOf(lane: string): Fault | null {
  if (lane.startsWith('control.')) return null;
  const fault = FAULT_NAMES.find((name) => FAULTS[name].lanes.test(lane));
  if (fault === undefined) throw new Error(`the lane ${lane} is of no fault: name it in sin-faults.ts`);
  return fault;
}
