/** `deflate-raw` is there from Chrome 103, Firefox 113 and Safari 16.4 on; null in an older browser. */
function nativeInflater(): DecompressionStream | null {
  try {
    return new DecompressionStream('deflate-raw');
  } catch {
    return null;
  }
}

async function inflateNatively(
  { readable, writable }: DecompressionStream,
  deflated: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array[]> {
  const writer = writable.getWriter();
  const isWritten = writer.write(deflated).then(() => writer.close());
  isWritten.catch(() => {});
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if ((length += part.value.length) > limit) throw new Error('too long');
      parts.push(part.value);
    }
    await isWritten;
    return parts;
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error;
  }
}

/**
 * Text of one raw DEFLATE stream (RFC 1951) of UTF-8; rejects for anything else, and as soon as more than `limit`
 * bytes have come out of it.
 */
export async function inflateText(deflated: Uint8Array<ArrayBuffer>, limit: number): Promise<string> {
  const native = nativeInflater();
  const parts = native
    ? await inflateNatively(native, deflated, limit)
    : (await import('./inflate-old.ts')).inflateWithoutBrowser(deflated, limit);
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
}
