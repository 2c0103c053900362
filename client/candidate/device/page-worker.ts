import { CANDIDATE_PAGE, CANDIDATE_WORKER } from '#bank/protocol';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(): string },
  ): { createScriptURL(address: string): string };
}

/** The page requires Trusted Types: this policy gives the address of the worker and no other. */
function workerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('niem-worker', { createScriptURL: () => CANDIDATE_WORKER });
  return policy ? policy.createScriptURL('') : CANDIDATE_WORKER;
}

/**
 * Has the browser keep this page, so that it comes up without a server too, and look for a newer one than it has. Where
 * that is refused, nothing is lost.
 */
export async function keepPage(): Promise<void> {
  try {
    const kept = await navigator.serviceWorker?.register(workerAddress(), { scope: CANDIDATE_PAGE });
    if (kept?.active) await kept.update();
  } catch {
    /* Private windows and certificates that are not trusted come here. */
  }
}
