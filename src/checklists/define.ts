import type { CheckId } from '../checks/index.js';

/** A provider's own go-live list. */
export interface Checklist {
  /** The name under which `extends` asks for the provider. */
  provider: string;
  name: string;
  title: string;
  source: string;
  /** In the provider's order. */
  lines: readonly ChecklistLine[];
  /** What the provider asks for beside its list, before production works. */
  gates?: readonly CheckId[];
}

export interface ChecklistLine {
  /** A public interface, like the ids of checks. */
  id: string;
  /** What the provider asks, in our words. */
  text: string;
  /** The page that treats this line, where it is not the list's own. */
  source?: string;
  /** All of them answer the line together. */
  checks: readonly CheckId[];
  /** The provider only tells something: there is nothing to check. */
  information?: true;
}
