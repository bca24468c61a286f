import type { CheckId } from '../checks/index.js';

/** A provider's own go-live list, or one of ours. */
export interface Checklist {
  /** The name under which `extends` asks for the provider, or for a list of ours. */
  provider: string;
  name: string;
  title: string;
  /** The provider's page; null: the list is ours, and each line names a page of its own. */
  source: string | null;
  /** It asks for more than an API may promise: a check that does not apply leaves its line in part. */
  strict?: boolean;
  /** In the provider's order. */
  lines: readonly ChecklistLine[];
  /** What the provider asks for beside its list, before production works. */
  gates?: readonly CheckId[];
}

export interface ChecklistLine {
  /** A public interface, like the ids of checks. */
  id: string;
  /** What is asked, in our words. */
  text: string;
  /** The page that treats this line, where it is not the list's own. */
  source?: string;
  /** All of them answer the line together. */
  checks: readonly CheckId[];
  /** The provider only tells something: there is nothing to check. */
  information?: true;
}
