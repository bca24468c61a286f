import { defineCheck, inconclusive, pass } from '../define.js';
import { filesIn, placeWords, presenceOf, unreadIn } from '../shared/code.js';

export default defineCheck({
  id: 'compares-signatures-safely',
  kind: 'source',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Signatures are compared in constant time',
  why: 'A comparison that stops at the first wrong byte tells a forger, byte by byte, what the right signature is.',
  fix: 'Compare with crypto.timingSafeEqual, hmac.compare_digest, hmac.Equal, hash_equals, or the verifier of the provider.',
  refs: ['https://docs.stripe.com/webhooks/signature'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    const unsafe = presenceOf(code, 'unsafe-comparison', 'comparison of signatures with == or equals');
    if (unsafe !== null) return unsafe;
    const unread = unreadIn(code);
    if (unread !== null) return unread;
    const { places, found } = code.topics['safe-comparison'];
    return found === 0
      ? inconclusive('not-seen', `No comparison of signatures was seen in ${filesIn(code)}.`)
      : pass('safe', `Signatures are compared safely: ${placeWords(places.slice(0, 2))}.`);
  },
});
