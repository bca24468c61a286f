import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'completes-provider-onboarding',
  topic: 'Operations',
  severity: 'blocker',
  title: 'The provider has cleared the account for production',
  why: 'Production refuses each order until the checks on your company are passed and the balance is funded.',
  fix: "Finish the provider's checks on your company, fund the balance, and wait for the confirmation before you switch.",
  refs: ['https://github.com/wegift/api-docs/blob/main/getting-started/production.mdx'],
  question:
    'Has the provider confirmed that your company passed its checks (KYB and due diligence), and is the balance funded?',
  shownBy: "the provider's confirmation, or its account page that shows both",
});
