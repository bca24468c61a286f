import type { Check } from '../checks/verdict.js';
import type { RenderOptions } from '../report/index.js';
import { createPen, joinBlocks, paintOfSeverity, paragraph, row, rowMargin } from '../report/text/layout.js';

export interface ExplainedProbe {
  key: string;
  says: string;
  calls?: readonly string[];
}

/** All that is to know about one check. */
export function renderExplain(
  check: Check,
  { probes, items }: { probes: readonly ExplainedProbe[]; items: readonly string[] },
  options: RenderOptions,
): string {
  const pen = createPen(options);
  const facts = [
    check.kind,
    check.topic,
    ...(check.optIn === true ? [`opt-in: name it under "checks" in the config`] : []),
  ];
  return joinBlocks([
    [
      ...paragraph(pen, check.title, { indent: 0, paint: pen.paint.bold }),
      ...paragraph(pen, check.id, { indent: 0 }),
      ...paragraph(pen, facts.join(pen.dot), {
        lead: paintOfSeverity(pen, check.severity)(check.severity) + pen.dot,
        indent: check.severity.length + pen.dot.length,
      }),
    ],
    row(pen, 0, 'Why', check.why),
    row(pen, 0, 'Fix', check.fix),
    ...(check.attestation === undefined
      ? []
      : [row(pen, 0, 'States', check.attestation.question), row(pen, 0, 'Shown by', `${check.attestation.shownBy}.`)]),
    check.refs.flatMap((ref, at) => row(pen, 0, at === 0 ? 'See' : '', ref, pen.paint.underline)),
    probes.flatMap((probe, at) => [
      ...row(pen, 0, at === 0 ? 'Seen by' : '', probe.says),
      ...paragraph(pen, probe.key, { ...rowMargin(pen, 0, ''), paint: pen.paint.dim }),
      ...(probe.calls ?? []).flatMap((call) => row(pen, 2, '', call)),
    ]),
    items.length === 0 ? [] : row(pen, 0, 'Checklist', items.join(', ')),
    row(
      pen,
      0,
      'Run',
      check.kind === 'attestation' ? `golive-check attest ${check.id}` : `golive-check run --only ${check.id}`,
    ),
  ]);
}
