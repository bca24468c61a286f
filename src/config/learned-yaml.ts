// The config that `client --save` writes: what was learned, each part with its source, and what is still to be told.
import type { Path } from './env.js';
import type { TargetInput } from './schema.js';

export interface LearnedYaml {
  raw: TargetInput;
  notes: readonly { at: Path; says: string }[];
  /** Keys that are not set, and how many checks each would unlock. */
  open: readonly { keys: readonly string[]; checks: number }[];
}

const HEAD = [
  ' golive-check: is this integration ready to go live? Learned by golive-check client.',
  ' Run all of it again with: golive-check    All keys with their meaning: golive-check schema config',
];

export async function learnedYaml({ raw, notes, open }: LearnedYaml): Promise<string> {
  const { isMap, isScalar, parseDocument, toYaml } = await import('./yaml.js');
  const document = parseDocument(toYaml(raw));
  for (const { at, says } of notes) {
    const parent: unknown = at.length === 1 ? document.contents : document.getIn(at.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === at.at(-1)) : undefined;
    const text = ` ${says.replace(/\p{C}+/gu, ' ')}`;
    if (isScalar(pair?.value)) pair.value.comment = text;
    else if (isScalar(pair?.key)) pair.key.commentBefore = text;
  }
  document.commentBefore = HEAD.join('\n');
  const told = open.map(({ keys, checks }) => `#   ${keys.join(' and ')}: ${checks}`);
  return [
    document.toString({ lineWidth: 0 }).trimEnd(),
    ...(told.length === 0 ? [] : ['', '# Still to be told, with the number of checks that each unlocks:', ...told]),
    '',
  ].join('\n');
}
