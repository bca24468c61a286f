import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';

const MOST_SHOWN = 5;

export default defineCheck({
  id: 'ignores-env-files',
  kind: 'source',
  topic: 'Secrets',
  severity: 'blocker',
  title: 'Git tracks no .env file with values, and ignores them',
  why: 'A .env file holds the keys of one machine: the first "git add ." without a rule against it publishes them.',
  fix: 'Put .env and .env.local into .gitignore, take tracked ones out (git rm --cached), and replace the keys that they held. Keep a .env.example with empty values.',
  refs: ['https://git-scm.com/docs/gitignore', 'https://12factor.net/config'],
  needs: ['source.env-files'],

  judge({ 'source.env-files': { tracked, files, unread, places, used } }) {
    const secret = files.filter(({ isSecret }) => isSecret);
    if (secret.length > 0) {
      const shown = secret.slice(0, MOST_SHOWN).map(({ path, names }) => `${path} (${names.join(', ')})`);
      return fail('tracked', `Git tracks files of variables with values: ${shown.join('; ')}.`, [], {
        expected: 'none',
        measured: plural(secret.length, 'file'),
        places: secret.map(({ path }) => ({ path, what: 'variables with values' })),
      });
    }
    if (unread.length > 0)
      return inconclusive('unread', `Git tracks ${unread.slice(0, MOST_SHOWN).join(', ')}, which could not be read.`);
    if (tracked === 0) return inconclusive('nothing-tracked', 'Git tracks no file here.');
    const open = places.filter(({ ignored }) => !ignored).map(({ path }) => path);
    if (open.length > 0 && !used)
      return pass('unused', 'Git tracks no file of variables with values, and nothing shows that .env files are used.');
    if (open.length > 0)
      return fail('not-ignored', `No .gitignore names ${open.slice(0, MOST_SHOWN).join(', ')}.`, [], {
        expected: 'ignored by a .gitignore of the repository',
        measured: 'not ignored',
      });
    const ignored = places.slice(0, MOST_SHOWN).map(({ path }) => path);
    return pass('ignored', `Git ignores ${ignored.join(', ')}, and tracks no file of variables with values.`);
  },
});
