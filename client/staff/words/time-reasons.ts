import type { EndReason, TimeReason } from '#bank/protocol';
import { defineWords } from './words.ts';

export const timeReasonNames = defineWords({
  outage: { vi: 'Mất điện hoặc mất mạng', en: 'Power or network failed' },
  'device-failed': { vi: 'Máy hỏng', en: 'The device failed' },
  disturbance: { vi: 'Phòng thi bị gián đoạn', en: 'The room was disturbed' },
  health: { vi: 'Sức khoẻ', en: 'Health' },
  accommodation: { vi: 'Được thêm giờ theo quy định', en: 'Extra time granted by the rules' },
  'late-start': { vi: 'Vào thi muộn có lí do', en: 'Started late for good reason' },
  alarm: { vi: 'Báo động, sơ tán', en: 'Alarm, evacuation' },
  break: { vi: 'Nghỉ giữa giờ', en: 'A break' },
} satisfies Record<TimeReason, unknown>);

export const endReasonNames = defineWords({
  'rule-breach': { vi: 'Vi phạm quy chế thi', en: 'Broke the rules of the exam' },
  'wrong-person': { vi: 'Không đúng người dự thi', en: 'Not the right person' },
  health: { vi: 'Sức khoẻ', en: 'Health' },
  withdrawn: { vi: 'Thí sinh xin dừng', en: 'The candidate withdrew' },
} satisfies Record<EndReason, unknown>);
