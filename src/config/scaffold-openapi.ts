// The commented config that `init --openapi` writes: what a description says, each piece with its place in it.
import { pointerTo, setPointer } from '../evidence/pointer.js';
import type { Derived, Fact } from '../openapi/derive.js';
import { refuseBadAnswers } from './scaffold.js';

export interface OpenApiAnswers {
  /** Where the description is, as the config is to name it. */
  place: string;
  title: string;
  /** null: the API takes none, or a log-in gets it. */
  keyEnv: string | null;
  extends: readonly string[];
  command: string | null;
  baseUrlEnv: string | null;
}

export async function scaffoldOpenApi({ facts, gaps }: Derived, answers: OpenApiAnswers): Promise<string> {
  const { keyEnv, baseUrlEnv } = answers;
  refuseBadAnswers({ ...(keyEnv === null ? {} : { keyEnv }), ...(baseUrlEnv === null ? {} : { baseUrlEnv }) });
  const pieces: Fact[] = [
    { at: ['endpoint', 'openapi'], value: answers.place, source: '' },
    ...facts.filter(({ at }) => at[0] === 'endpoint' && at.length === 2 && at[1] !== 'headers'),
    ...(keyEnv === null
      ? []
      : [
          {
            at: ['endpoint', 'key'],
            value: `\${${keyEnv}}`,
            source: '',
            note: 'read from the environment, never written here',
          },
        ]),
    ...facts.filter(({ at }) => at[0] === 'endpoint' && (at.length > 2 || at[1] === 'headers')),
    ...facts.filter(({ at }) => at[0] !== 'endpoint'),
  ];
  const { toYaml } = await import('./yaml.js');
  const client = toYaml({
    client: { command: answers.command ?? 'node src/create.js', baseUrlEnv: baseUrlEnv ?? 'API_BASE_URL' },
  });
  const [one = '', ...others] = answers.extends;
  return [
    `# golive-check: ${answers.title}. Is this integration ready to go live?`,
    '# Made of an OpenAPI description: "from" names the place in it. All keys with their meaning: golive-check schema config',
    toYaml({ name: answers.title }).trimEnd(),
    toYaml({ extends: others.length === 0 ? one : [...answers.extends] }).trimEnd(),
    '',
    (await withComments(pieces)).trimEnd(),
    '',
    ...(gaps.length === 0 ? [] : ['# Not in the description; each unlocks further checks:']),
    ...gaps.map(({ at, why }) => `#   ${at}: ${why}`),
    '',
    '# Your own code: performs the create once; exits 0 on success, another code on failure.',
    answers.command === null ? client.replace(/^(?=.)/gm, '# ') : client,
  ].join('\n');
}

async function withComments(pieces: readonly Fact[]): Promise<string> {
  const { toYaml, parseDocument, isMap, isScalar } = await import('./yaml.js');
  const whole = pieces.reduce<unknown>((made, { at, value }) => setPointer(made, pointerTo(...at), value), {});
  const document = parseDocument(toYaml(whole, { aliasDuplicateObjects: false, lineWidth: 0 }));
  for (const { at, source, note } of pieces) {
    const parent: unknown = document.getIn(at.slice(0, -1), true);
    const key = isMap(parent)
      ? parent.items.map((pair) => pair.key).find((one) => isScalar(one) && one.value === at.at(-1))
      : undefined;
    const words = [note, source === '' ? undefined : `from ${source}`].filter((one) => one !== undefined);
    // A comment is one line, whatever names a description has.
    if (!isScalar(key)) continue;
    if (words.length > 0) key.commentBefore = ` ${words.join('; ').replace(/\s+/g, ' ')}`;
  }
  if (isMap(document.contents))
    for (const { key } of document.contents.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return document.toString({ lineWidth: 0 });
}
