import type { Reporter } from './index.js';
import { HIDDEN } from './sanitize.js';

const renderJson: Reporter = (report) => `${JSON.stringify(report, null, 2).replace(HIDDEN, escapeAll)}\n`;

export default renderJson;

/** Line feeds of the layout stay; JSON.stringify has escaped every control character within strings below U+0020. */
function escapeAll(run: string): string {
  return run.replace(/[^\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
