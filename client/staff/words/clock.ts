import { defineWords } from './words.ts';

/** What is said of the clock of the server. */
export const clockWords = defineWords({
  clockSet: {
    vi: 'Lúc {at}, đồng hồ của máy chủ bị chỉnh {by}, giờ thi không đổi; hoặc máy đã ngủ, và thí sinh vẫn còn đủ thời gian đó.',
    en: 'At {at} the clock of the server was changed by {by}, which moves no end of an exam; or the computer slept, and candidates still have that time.',
  },
  clockBehind: {
    vi: 'Sau khi khởi động lại, đồng hồ của máy chủ chậm {by}. Máy chủ tính tiếp từ {at}; thời gian nó tắt không biết được. Nếu ai bị thiệt, hãy thêm giờ.',
    en: 'After a restart the clock of the server was {by} behind. The server goes on from {at}; how long it was off is not known. Give more time to whoever lost some.',
  },
  serverAway: {
    vi: 'Máy chủ vắng mặt từ {from} đến {at} theo đồng hồ của nó. Nếu đồng hồ đã sai, giờ kết thúc cũng sai: hãy so với đồng hồ phòng thi rồi thêm hoặc bù giờ.',
    en: 'The server was away from {from} to {at} by its clock. If that clock was wrong, the ends are wrong too: compare with the clock of the room, then give time.',
  },
});
