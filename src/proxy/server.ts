// One lane: a listener on loopback that records every attempt and lets a script of faults at the operation aimed at.
import type { Recording } from '../evidence/recording.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { describeLane } from './describe-lane.js';
import { createHttpProxy } from './http-proxy.js';
import { listen } from './listen.js';
import { type NoiseMeter, startNoiseMeter } from './noise.js';
import type { LaneOptions, LaneProxy, LaneSetup } from './options.js';
import { compilePatterns } from './pattern.js';
import { createRandom } from './random.js';
import { DEFAULT_LIMITS } from './recorder.js';
import { samplesOf } from './samples.js';
import { createActivity } from './server/activity.js';
import { settled } from './server/attempts.js';
import { closeAll, closeIdle, drained } from './server/closing.js';
import { admit, onConnection, onHeadLost } from './server/connections.js';
import { countOtherHost, createEpoch, describingOf, type Epoch, type EpochOptions } from './server/epoch.js';
import { createListener } from './server/listener.js';
import { createOtherOrigin } from './server/other-origin.js';
import type { LaneState } from './server/state.js';
import { watchSockets } from './sockets.js';
import type { Source } from './source.js';

export type { AttemptEvent, LaneOptions, LaneProxy, LaneSetup, SilenceOptions } from './options.js';

/** Starts to listen. Rejects with Node's error where the port cannot be had. */
export async function startLaneProxy(options: LaneOptions): Promise<LaneProxy> {
  const basePath = withoutTrailing(options.basePath ?? '', '/');
  const random = createRandom(options.seed ?? 1);
  const activity = createActivity();
  const noise = startNoiseMeter();
  const sources = new Set<Source>();
  const epochOptions: EpochOptions = {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    samples: options.samples ?? samplesOf({}),
    key: options.key ?? {},
    random,
    settled: (epoch, entry) => settled(state, epoch, entry),
  };

  function newEpoch(setup: LaneSetup): Epoch {
    sources.add(setup.source);
    return createEpoch(setup, epochOptions);
  }

  const state: LaneState = {
    options,
    random,
    match: compilePatterns(options.operations, basePath),
    activity,
    sockets: watchSockets({
      active: activity.heard,
      diedEarly: (tracked, bytes) => onHeadLost(state, tracked, bytes),
    }),
    httpProxy: createHttpProxy(() => state.epoch.setup.intercept, options.admits, {
      admit: (link) => admit(state, link),
      active: () => activity.heard(performance.now()),
      underWay: activity.underWay,
      called: (authority, route) => countOtherHost(state.epoch, authority, route),
      accept(inner, wire, link) {
        onConnection(state, inner, wire, link);
        server.emit('connection', inner);
      },
    }),
    otherOrigin: createOtherOrigin(() => createListener(state, true)),
    epoch: newEpoch(options),
    admitted: 0,
    idleCloseRaces: 0,
    isClosing: false,
  };
  const server = createListener(state, false);
  const port = await listen(server, '127.0.0.1', options.port ?? 0).catch((error: unknown) => {
    noise.stop();
    throw error;
  });
  const url = `http://127.0.0.1:${port}${basePath}`;

  return {
    url,
    port,
    random,
    recording: () => recordingOf(state, url, noise),
    unadmitted: () => state.epoch.unadmitted,
    rearm(setup) {
      state.epoch = newEpoch(setup);
      noise.reset();
      state.idleCloseRaces = 0;
    },
    waitForSilence: activity.waitForSilence,
    closeIdle: () => closeIdle(state.sockets),
    drained: (withinMs) => drained(state.sockets, withinMs),
    async close() {
      if (state.isClosing) return;
      state.isClosing = true;
      noise.stop();
      state.sockets.stop();
      const closed = closeAll([server, ...state.otherOrigin.servers], state.sockets);
      for (const source of sources) source.close();
      await closed;
    },
  };
}

function recordingOf({ options, random, epoch, idleCloseRaces }: LaneState, url: string, noise: NoiseMeter): Recording {
  const { redactor } = options;
  const { source, script, intercept } = epoch.setup;
  const clean = (text: string) => redactor.redact(text).text;
  const others = [...epoch.others.values()].map((one) => ({ ...one, authority: clean(one.authority) }));
  return {
    ...describeLane(describingOf(epoch, redactor), source),
    ...(intercept === undefined ? {} : { otherHosts: others }),
    url: intercept?.url ?? url,
    seed: random.seed,
    script: script === undefined ? null : clean(script.text),
    noise: { ...noise.read(), idleCloseRaces },
  };
}
