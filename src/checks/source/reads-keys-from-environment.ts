import { defineCheck, inconclusive, pass } from '../define.js';
import { filesIn, placeWords, presenceOf, unreadIn } from '../shared/code.js';

export default defineCheck({
  id: 'reads-keys-from-environment',
  kind: 'source',
  topic: 'Secrets',
  severity: 'major',
  title: 'Keys come from the environment or a store, not from literals',
  why: 'A key in code is in every clone, and is changed only by a release.',
  fix: 'Read the key from the environment or a store of secrets, and hand it to the client where that is made.',
  refs: ['https://12factor.net/config'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    const literal = presenceOf(code, 'literal-keys', 'literal in place of a key');
    if (literal !== null) return literal;
    const unread = unreadIn(code);
    if (unread !== null) return unread;
    const { places, found } = code.topics['environment-keys'];
    return found === 0
      ? inconclusive('not-seen', `No place that reads a key was seen in ${filesIn(code)}.`)
      : pass('read', `Keys are read where they belong: ${placeWords(places.slice(0, 2))}.`);
  },
});
