import { defineWords } from './words.ts';

export const areaWords = defineWords({
  draw: { vi: 'Vẽ vùng trên hình', en: 'Draw areas on the picture' },
  rect: { vi: 'Chữ nhật', en: 'Rectangle' },
  circle: { vi: 'Tròn', en: 'Circle' },
  poly: { vi: 'Đa giác', en: 'Polygon' },
  how: {
    vi: 'Kéo, hoặc bấm hai điểm: hai góc, hay tâm rồi mép. Đa giác: bấm từng góc rồi bấm lại góc đầu. Bằng bàn phím: mũi tên để đi (Shift: từng điểm ảnh), Enter để đặt điểm, Backspace bỏ điểm cuối.',
    en: 'Drag, or click two points: two corners, or centre and rim. Polygon: click each corner, then the first again. By keyboard: arrows to move (Shift: by pixels), Enter to set a point, Backspace to drop the last.',
  },
  at: { vi: 'Con trỏ: {x}, {y}. Đã đặt {n} điểm.', en: 'Cursor: {x}, {y}. Points set: {n}.' },
  added: { vi: 'Đã thêm: {area}', en: 'Added: {area}' },
  remove: { vi: 'Xoá vùng {letter}', en: 'Remove area {letter}' },
});
