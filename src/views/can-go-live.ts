// What `golive-check can-go-live` prints: the answer, and what each report says.
import type { RenderOptions } from '../report/index.js';
import { createPen, joinBlocks, type Mark, marked, type Pen, paintOf, paragraph } from '../report/text/layout.js';
import { jsonText } from '../report/text/sanitize.js';
import type { Answer, CanGoLive, Part, Question } from '../stored/can-go-live.js';
import { version } from '../version.js';

const WORDS: Readonly<Record<Answer, { word: string; mark: Mark }>> = {
  yes: { word: 'YES', mark: 'pass' },
  no: { word: 'NO', mark: 'fail' },
  undecided: { word: 'UNDECIDED', mark: 'inconclusive' },
};

export function renderCanGoLive(
  { answer, parts }: CanGoLive,
  { commit, environment }: Question,
  options: RenderOptions,
): string {
  const pen = createPen(options);
  const { word, mark } = WORDS[answer];
  const asked = pen.text(`can ${commit} go live (${environment})?`);
  return joinBlocks([
    [`${paintOf(pen, mark).bold.inverse(word)}  ${asked}`],
    ...parts.map((part) => partLines(pen, part)),
  ]);
}

function partLines(pen: Pen, { file, target, answer, because }: Part): string[] {
  const { word, mark } = WORDS[answer];
  const margin = marked(pen, mark);
  const place = file === null ? target : `${target} (${file})`;
  return [
    ...paragraph(pen, `${word.toLowerCase()}  ${place}`, { ...margin, paint: pen.paint.bold }),
    ...because.flatMap((one) => paragraph(pen, one, { lead: ' '.repeat(margin.indent), indent: margin.indent })),
  ];
}

export function canGoLiveJson({ answer, exitCode, parts }: CanGoLive, { nowMs, ...asked }: Question): string {
  const at = new Date(nowMs).toISOString();
  const tool = { name: 'golive-check', version };
  return jsonText({ schemaVersion: 1, tool, answer, exitCode, asked: { ...asked, at }, reports: parts }, 2);
}
