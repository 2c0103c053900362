import type { AccessSlips, Blueprint, ExamProfile, ExamView, JobView, NewExam } from '#bank/protocol';
import type { ApiClient } from './api-client.ts';

interface ExamPlan extends Partial<Pick<NewExam, 'assembly' | 'reserve'>> {
  title: string;
  bank: string;
  durationSeconds: number;
  profile: ExamProfile;
}

export async function createExam(teacher: ApiClient, plan: ExamPlan): Promise<ExamView> {
  return teacher.post<ExamView>('/exams', { ...plan, markingPolicy: 'vn-thpt-2025', showPoints: true });
}

/** `total`: what a whole paper is worth, in hundredths. */
export async function setMatrix(
  teacher: ApiClient,
  exam: string,
  blueprint: Blueprint,
  total: number,
): Promise<void> {
  await teacher.put(`/exams/${exam}/blueprint`, { blueprint, total });
}

/** Class list, access codes and slips; the candidates by rising number. */
export async function enrol(
  teacher: ApiClient,
  exam: string,
  list: { name: string; bytes: Uint8Array },
): Promise<AccessSlips> {
  await teacher.upload(`/exams/${exam}/roster`, list.bytes, list.name);
  await teacher.finished(await teacher.post<JobView>(`/exams/${exam}/codes`));
  return teacher.post<AccessSlips>(`/exams/${exam}/slips`);
}

/** Draws and seals a paper for everybody. */
export async function seal(teacher: ApiClient, exam: string): Promise<ExamView> {
  await teacher.finished(await teacher.post<JobView>(`/exams/${exam}/seal`));
  return teacher.get<ExamView>(`/exams/${exam}`);
}

/** Resolves once the exam is in this state; the server gets there by itself. */
export async function reached(staff: ApiClient, exam: string, state: ExamView['state']): Promise<ExamView> {
  for (;;) {
    const view = await staff.get<ExamView>(`/exams/${exam}`);
    if (view.state === state) return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
