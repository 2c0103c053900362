import { describe, expect, test } from 'vitest';
import { NEW_EXAM, toFields, toNewExam, toSettings } from '../../../client/staff/exams/exam-settings.ts';
import { formsTrouble, NEW_FORMS, toFormFields, toForms } from '../../../client/staff/exams/form-settings.ts';

describe('forms as they are typed', () => {
  const typed = { ...NEW_FORMS, count: '8', perShift: '2' };

  test('are sent as whole numbers, and shown again as they were', () => {
    const forms = toForms(typed, '10');
    expect(forms).toEqual({
      count: 8,
      perShift: 2,
      overlap: 25,
      maxUses: 4,
      spare: 1,
      seatsPerRoom: 24,
      seatsPerRow: 6,
    });
    expect(forms && toFormFields({ forms })).toEqual(typed);
    expect(toFormFields('dealt')).toEqual(NEW_FORMS);
  });

  test('that do not fit together are named, and not sent', () => {
    expect(formsTrouble({ ...typed, count: '7' }, '0')).toBe('shifts');
    expect(formsTrouble({ ...typed, spare: '0' }, '1')).toBe('spare');
    for (const wrong of [
      { count: '7' },
      { overlap: '101' },
      { maxUses: '' },
      { spare: '-1' },
      { count: '2000' },
    ])
      expect(toForms({ ...typed, ...wrong }, '0')).toBeNull();
  });

  test('are part of the exam, with what is in reserve', () => {
    const fields = {
      ...NEW_EXAM,
      bank: 'A'.repeat(22),
      title: 'Kiểm tra',
      papers: 'forms' as const,
      forms: typed,
    };
    const sent = toNewExam({ ...fields, reserve: '5' });
    expect(sent).toMatchObject({ assembly: { forms: { count: 8 } }, reserve: 5 });
    expect(sent && toFields(sent)).toEqual({ ...fields, reserve: '5' });
    expect(toSettings({ ...fields, reserve: 'x' })).toBeNull();
    expect(toSettings({ ...fields, forms: { ...typed, count: '7' } })).toBeNull();
    expect(toSettings({ ...fields, papers: 'dealt', forms: { ...typed, count: '7' } })).toMatchObject({
      assembly: 'dealt',
    });
  });
});
