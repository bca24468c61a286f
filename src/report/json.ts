import type { Reporter } from './index.js';
import { jsonText } from './text/sanitize.js';

const renderJson: Reporter = (report) => jsonText(report, 2);

export default renderJson;
