import { fillSentence, type Language, type MessageTable } from './message.ts';
import { ASSEMBLY_DATA_MESSAGES } from './messages-assembly-data.ts';
import { BANKS_MESSAGES } from './messages-banks.ts';
import { BLUEPRINT_MESSAGES } from './messages-blueprint.ts';
import { COMMON_MESSAGES } from './messages-common.ts';
import { DELIVERY_MESSAGES } from './messages-delivery.ts';
import { ITEM_MESSAGES, ITEM_WARNINGS } from './messages-item.ts';
import { FORMATS_MESSAGES } from './messages-formats.ts';
import { EXAMS_MESSAGES } from './messages-exams.ts';
import { IDENTITY_MESSAGES } from './messages-identity.ts';
import { MARKING_MESSAGES } from './messages-marking.ts';
import { ROSTER_MESSAGES } from './messages-rosters.ts';
import { PARAMETRIC_MESSAGES } from './messages-parametric.ts';
import { SOLVER_MESSAGES } from './messages-solver.ts';

/** Every sentence of every module, by error code. A module joins its table here. */
export const MESSAGES: MessageTable = {
  ...COMMON_MESSAGES,
  ...EXAMS_MESSAGES,
  ...ASSEMBLY_DATA_MESSAGES,
  ...BANKS_MESSAGES,
  ...BLUEPRINT_MESSAGES,
  ...DELIVERY_MESSAGES,
  ...IDENTITY_MESSAGES,
  ...ITEM_MESSAGES,
  ...ITEM_WARNINGS,
  ...MARKING_MESSAGES,
  ...FORMATS_MESSAGES,
  ...ROSTER_MESSAGES,
  ...PARAMETRIC_MESSAGES,
  ...SOLVER_MESSAGES,
};

/** The sentence of an error code in the reader's language; the code itself where none is written. */
export function sentence(code: string, values: Record<string, string | number>, language: Language): string {
  const message = MESSAGES[code];
  return message ? fillSentence(message[language], values, language) : code;
}
