import { describe, expect, it } from 'vitest';
import { readMedia } from '#bank/formats';
import { wavOf } from '../../support/sound.ts';

/** Silent frames of MPEG-1 Layer III: 128 kbit/s at 44,100 Hz, 417 bytes and 1152 samples each. */
function mp3Of(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

describe('a recording', () => {
  it('is told by its content, with its length', async () => {
    expect(await readMedia(wavOf(1.25))).toEqual({ type: 'audio/wav', length: 1250 });
    const { type, length } = await readMedia(mp3Of(100));
    expect(type).toBe('audio/mpeg');
    expect(length / ((100 * 1152) / 44.1)).toBeCloseTo(1, 1);
  });

  it.each<[string, Buffer, string]>([
    ['an empty file', Buffer.alloc(0), 'media-type'],
    ['a text that is called a recording', Buffer.from('ID4 chỉ là chữ'), 'media-type'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'media-type'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000IHDR', 'latin1'), 'media-type'],
    ['an archive', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaa', 'latin1'), 'media-type'],
    ['the head of a recording without its body', wavOf(1).subarray(0, 20), 'media-length'],
    ['a head alone', Buffer.from('ID3\x04\x00\x00\x00\x00\x0f\x7f', 'latin1'), 'media-damaged'],
    ['a container of nothing', Buffer.from(`OggS${'x'.repeat(100)}`), 'media-type'],
    ['a recording of no length', wavOf(0), 'media-length'],
    ['one that lasts for hours', wavOf(2 * 60 * 60 + 1), 'media-length'],
  ])('is not %s', async (_name, bytes, code) => {
    await expect(readMedia(bytes)).rejects.toMatchObject({ code });
  });
});
