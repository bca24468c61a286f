import { defineCheck, fail, pass } from '../define.js';
import { filesIn, placesOf, placeWords, unreadIn } from '../shared/code.js';

export default defineCheck({
  id: 'reports-errors-to-a-tracker',
  kind: 'source',
  topic: 'Errors',
  severity: 'minor',
  title: 'Errors are reported to a tracker',
  why: 'A failed call that only stands in a log is seen when a customer asks.',
  fix: 'Add a tracker of errors (Sentry, Bugsnag, Rollbar, Datadog …) and start it first thing.',
  refs: ['https://docs.sentry.io/platforms/'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    const { places, found } = code.topics['tracker-start'];
    if (found > 0) return pass('started', `A tracker of errors is started: ${placeWords(places.slice(0, 2))}.`);
    const unread = unreadIn(code);
    if (unread !== null) return unread;
    const named = code.topics.tracker.places;
    const figures = { expected: 'a tracker that is started' };
    return named.length > 0
      ? fail('not-started', `A tracker is named and never started: ${placeWords(named.slice(0, 2))}.`, [], {
          ...figures,
          measured: 'none is started',
          places: placesOf(named),
        })
      : fail('no-tracker', `No tracker of errors that is known was seen in ${filesIn(code)}.`, [], {
          ...figures,
          measured: 'none is named',
        });
  },
});
