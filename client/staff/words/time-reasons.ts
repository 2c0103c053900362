import type { TimeReason } from '#bank/protocol';
import { defineWords } from './words.ts';

export const timeReasonNames = defineWords({
  outage: { vi: 'Mất điện hoặc mất mạng', en: 'Power or network failed' },
  'device-failed': { vi: 'Máy hỏng', en: 'The device failed' },
  disturbance: { vi: 'Phòng thi bị gián đoạn', en: 'The room was disturbed' },
  health: { vi: 'Sức khoẻ', en: 'Health' },
  accommodation: { vi: 'Được thêm giờ theo quy định', en: 'Extra time granted by the rules' },
  'late-start': { vi: 'Vào thi muộn có lí do', en: 'Started late for good reason' },
} satisfies Record<TimeReason, unknown>);
