import type { BankView, ItemSummary, MediaRun, MediaSummary } from '#bank/protocol';
import { reviewAll, sharedBank } from '../../scripts/steps/bank.ts';
import type { School } from '../../scripts/steps/school.ts';
import { sealedExam, type Pupil, type SealedExam } from './exam.ts';

export const TOPIC = 'Nghe hiểu';

interface Listening {
  sound: Buffer;
  seconds: number;
  pupils: readonly Pupil[];
  plays?: number;
}

export interface ListeningExam extends SealedExam {
  bank: BankView;
  media: MediaSummary;
}

/** A sealed listening test: a passage that is heard, and two questions about it. */
export async function listeningExam(
  school: School,
  { sound, seconds, pupils, plays }: Listening,
): Promise<ListeningExam> {
  const { teacher, reviewer } = school;
  const bank = await sharedBank(teacher.api, reviewer.api, 'Tiếng Anh', [TOPIC]);
  const media = await teacher.api.upload<MediaSummary>(`/banks/${bank.id}/media`, sound, 'nghe.wav');
  const run: MediaRun = {
    t: 'media',
    media: media.id,
    kind: 'audio',
    title: 'Bài nghe 1',
    transcript: 'Lời thoại kín 5519',
    ...(plays !== undefined && { plays }),
  };
  const passage = await teacher.api.post<ItemSummary>(`/banks/${bank.id}/items`, {
    code: 'N-0',
    topic: TOPIC,
    level: 'KNOW',
    content: { kind: 'description', stem: [[run], [{ t: 'text', v: 'Nghe rồi trả lời.' }]] },
    key: {},
  });
  for (const code of ['N-1', 'N-2']) {
    await teacher.api.post(`/banks/${bank.id}/items`, {
      code,
      topic: TOPIC,
      level: 'KNOW',
      stimulus: passage.id,
      content: {
        kind: 'choice',
        stem: [[{ t: 'text', v: `Câu hỏi ${code}` }]],
        options: ['a', 'b'].map((id) => ({ id, text: [[{ t: 'text', v: `phương án ${id}` }]] })),
        shuffle: true,
      },
      key: { correct: ['a'] },
    });
  }
  await reviewAll(teacher.api, reviewer.api, bank.id);
  const sealed = await sealedExam(school, {
    bank: bank.id,
    durationSeconds: seconds,
    cells: [{ id: 'c1', count: 2, points: 500, topic: TOPIC, level: 'KNOW', kind: 'choice' }],
    pupils,
  });
  return { ...sealed, bank, media };
}
