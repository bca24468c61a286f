// Where in a repository a finding stands: what tests and comments hold weighs less.

const TEST_PATH =
  /(?:^|\/)(?:tests?|__tests__|specs?|fixtures?|__fixtures__|testdata|mocks?|__mocks__)\/|(?:^|\/)test_[^/]*\.py$|[._-](?:test|spec)\.[A-Za-z]+$|(?:Tests?|Spec)\.(?:java|cs|php|kt)$|_test\.(?:go|rb|py)$/;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!!)|--|<!--|;|"""|rem\s)/i;
const TRAILING = /(?:^|\s)(?:\/\/|\/\*|#|<!--)(?:\s|$)/;

export function partOf(path: string, before: string): 'test' | 'comment' | null {
  if (TEST_PATH.test(path)) return 'test';
  return COMMENT.test(before) || TRAILING.test(before) ? 'comment' : null;
}
