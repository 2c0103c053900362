/**
 * The page requires Trusted Types. Mantine writes its theme into style elements as text that passes for HTML, so
 * one default policy lets plain text through and nothing that could become an element.
 */
interface PolicyFactory {
  createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown;
}

export function allowPlainTextOnly(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
}

/** The nonce of this answer, under which styles may be added to the page. */
export function styleNonce(): string {
  const mark = document.querySelector<HTMLMetaElement>('meta[name="niem-nonce"]');
  return mark?.nonce ?? '';
}
