import { randomBytes } from 'node:crypto';
import type { Role } from '#bank/protocol';
import { ApiClient } from './api-client.ts';

/** One member of staff, signed in, with what a person needs to sign in as well. */
interface Member {
  name: string;
  login: string;
  password: string;
  api: ApiClient;
}

export interface School {
  admin: Member;
  teacher: Member;
  reviewer: Member;
  proctor: Member;
}

/** Uses the one-time set-up link, then invites the others by one-time links of their own. */
export async function foundSchool(base: string, setupUrl: string): Promise<School> {
  const admin = await accept(base, setupUrl, 'Trần Văn Quản', 'quan.tri');
  const invited = async (roles: Role[], name: string, login: string) => {
    const { url } = await admin.api.post<{ url: string }>('/invitations', { roles });
    return accept(base, url, name, login);
  };
  return {
    admin,
    teacher: await invited(['teacher'], 'Nguyễn Thị Lan', 'co.lan'),
    reviewer: await invited(['teacher', 'reviewer'], 'Phạm Quang Minh', 'thay.minh'),
    proctor: await invited(['proctor'], 'Lê Thu Hoà', 'co.hoa'),
  };
}

async function accept(base: string, link: string, name: string, login: string): Promise<Member> {
  const token = link.slice(link.lastIndexOf('/') + 1);
  const password = randomBytes(12).toString('base64url');
  const api = new ApiClient(base);
  await api.post('/invitations/accept', { token, name, login, password });
  return { name, login, password, api };
}
