import type { CodePattern } from './define.js';

const ALL = ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp'] as const;

/** Names of trackers, without the letter that is large or small. */
const TRACKERS = [
  'entry',
  'ugsnag',
  'ollbar',
  'oneybadger',
  'irbrake',
  'aygun',
  'newrelic',
  'dd-trace',
  'ddtrace',
  'ppsignal',
];

/** Trackers of errors, words of messages, switches for debugging. */
export const HABITS: readonly CodePattern[] = [
  {
    topic: 'tracker',
    rule: 'a tracker of errors',
    languages: [...ALL, 'settings'],
    words: TRACKERS,
    pattern:
      /@sentry\/\w+|\bsentry[_-](?:sdk|go|ruby|rails|php|laravel|sdk)\b|\bio\.sentry\b|\bSentry\b|@?bugsnag\b|\brollbar\b|\bhoneybadger\b|\bairbrake\b|\braygun4?\w*|\bnewrelic\b|\bdd-?trace\b|\bappsignal\b/gi,
    example: "import * as Sentry from '@sentry/node';",
    innocent: 'const entry = reentry(1);',
  },
  {
    topic: 'tracker-start',
    rule: 'the start of a tracker of errors',
    languages: ALL,
    words: [...TRACKERS, 'tracer'],
    pattern:
      /\b(?:Sentry|sentry_sdk|sentry|SentrySdk)(?:::|[.\\])(?:init|Init|initialize)\b|\\Sentry\\init\b|\b(?:Bugsnag|bugsnag)(?:::|\.)(?:start|configure|Configure|init)\b|\bnew Rollbar\b|\b[rR]ollbar(?:::|\.)(?:init|configure|SetToken)\b|\bHoneybadger\.(?:configure|start)\b|\bAirbrake\.configure\b|\braygun\.init\b|\btracer\.init\(|require\(['"](?:newrelic|dd-trace\/init)['"]\)|import ['"](?:newrelic|dd-trace\/init)['"]|\bAppsignal\.(?:start|configure)\b|\bnew Appsignal\b/g,
    example: 'Sentry.init({ dsn: process.env.SENTRY_DSN });',
    innocent: "import * as Sentry from '@sentry/node';",
  },
  {
    topic: 'message-text',
    rule: 'a branch on the text of a message',
    languages: ALL,
    words: ['essage', 'str(e', 'Error()'],
    pattern:
      /\b(?:e|ex|err|error|exc|exception|cause)\b[?!]?(?:\.|->)(?:data\.|response\.data\.|body\.)?(?:message|Message|getMessage\(\))\??\s{0,2}(?:\.(?:includes|match|startsWith|endsWith|indexOf|contains|Contains|equals|StartsWith|include\?|start_with\?|search)\(|[!=]==?\s{0,2}['"]|=~\s{0,2}\/)|['"]\s{0,2}(?:not )?in str\((?:e|ex|err|exc|error)\)|\bstrings\.(?:Contains|HasPrefix)\(err\.Error\(\)|\bstr(?:pos|_contains)\(\$\w{1,20}->getMessage\(\)/g,
    example: "if (error.message.includes('insufficient balance')) stop();",
    innocent: "if (error.code === 'insufficient_balance') log(error.message);",
  },
  {
    topic: 'debug',
    rule: 'a switch for debugging that is always on',
    languages: [...ALL, 'settings'],
    words: ['DEBUG', 'debug', 'display_errors', 'consider_all_requests_local'],
    pattern:
      /^DEBUG\s{0,4}=\s{0,4}True\b|\.run\([^)\n]{0,120}\bdebug\s{0,4}=\s{0,4}True\b|^APP_DEBUG\s{0,2}=\s{0,2}['"]?(?:true|1)\b|\bini_set\(\s{0,2}['"]display_errors['"]\s{0,2},\s{0,2}['"]?(?:1|on|true)\b|^display_errors\s{0,4}=\s{0,4}(?:On|1)\b|\bgin\.SetMode\(gin\.DebugMode\)/gm,
    example: 'app.run(host="0.0.0.0", debug=True)',
    innocent: "DEBUG = os.environ.get('DEBUG') == '1'",
  },
];
