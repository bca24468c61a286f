import type { Recording } from '../evidence/recording.js';
import { type Describing, describeAttempt, describeEffects, describeLink } from './describe.js';
import type { Source } from './source.js';

type Composed = Omit<Recording, 'url' | 'seed' | 'script' | 'noise'>;

/** All that was recorded, redacted, with what had to be left out. */
export function describeLane(context: Describing, source: Source): Composed {
  const { recorder, lane } = context;
  const { entries, dropped, limits } = recorder;
  const attempts = entries.map((entry) => describeAttempt(entry, context));
  const effects = describeEffects(attempts, entries, context);
  const listed = effects.slice(0, limits.listed);
  // Where attempts were dropped, only the source still knows what it carried out.
  const count = Math.max(effects.length, dropped.attempts > 0 ? (source.performed?.() ?? 0) : 0);
  const bodies = entries.filter((one) => one.requestBody?.cut === true || one.answerBody?.cut === true).length;
  return {
    lane,
    startedAtEpochMs: recorder.startedAtEpochMs,
    durationMs: Math.round(performance.now() - recorder.startedAt),
    attempts,
    elsewhere: recorder.elsewhere.map((entry) => describeAttempt(entry, context)),
    connections: recorder.links.map((link) => describeLink(link, context)),
    effects: { count, list: listed },
    dropped: { ...dropped, effects: count - listed.length, bodies },
  };
}
