import { CHUNK_CHARACTERS, ESSAY_CHARACTERS, SHORT_ANSWER_CHARACTERS } from './essay-limits.ts';

/** Those of the limits that a candidate's page needs: it carries no others. */
export const PAGE_LIMITS = {
  shortAnswer: SHORT_ANSWER_CHARACTERS,
  /** JSON of a view or an index once it is inflated; twenty pictures of the largest size fit. */
  openedBoxBytes: 8 * 1024 * 1024,
} as const;

/** Every size limit of the wire, in one place. Characters are UTF-16 units unless the name says bytes. */
export const LIMITS = {
  ...PAGE_LIMITS,
  essayCharacters: ESSAY_CHARACTERS,
  chunkCharacters: CHUNK_CHARACTERS,
  textRun: 20_000,
  formula: 4_000,
  /** 256 KiB of picture as base64. */
  imageBase64: 349_528,
  /** A recording as its author uploads it, and one of the pieces in which it is kept and travels. */
  mediaBytes: 20 * 1024 * 1024,
  mediaPieceBytes: 1024 * 1024,
  mediaPerItem: 4,
  mediaSeconds: 2 * 60 * 60,
  mediaTitle: 200,
  playsPerMedia: 10,
  /** How often one play may be given again to a page that says it never got the answer. */
  playRepeats: 5,
  itemCode: 64,
  topicName: 200,
  optionsPerItem: 12,
  slotsPerPaper: 200,
  partsPerPaper: 20,
  uploadBytes: 20 * 1024 * 1024,
  jsonBodyBytes: 1024 * 1024,
  socketMessageBytes: 65_536,
  entriesPerSave: 64,
  /** Answers, changes included, that one attempt may record. */
  sequencePerAttempt: 20_000,
  /**
   * Bytes of answers, changes and held ones included, that one attempt may record: what nobody types in a day, and
   * half of the largest document that a Store takes, since all of them go into one answer sheet.
   */
  attemptBytes: 8 * 1024 * 1024,
  /** JSON of an essay in UTF-8. */
  essayBytes: 1024 * 1024,
  chunksPerAnswer: 128,
  /** Answers of an attempt whose chunks may be incomplete at the same time, and the bytes of all their chunks. */
  incompleteAnswers: 4,
  incompleteBytes: 2 * 1024 * 1024,
  /** Bytes of essays, each change counted whole, and of chunks, that one attempt may record. */
  essayBytesPerAttempt: 64 * 1024 * 1024,
  /** How far a sequence number may run ahead of the acknowledged ones. */
  sequenceWindow: 1_000,
  candidatesPerExam: 20_000,
  formsPerExam: 1_000,
  reservePapers: 1_000,
  /** NIST SP 800-63B, for accounts without a second factor; characters as a person counts them. */
  passwordCharacters: 15,
  passwordDifferent: 5,
  passwordBytes: 256,
  examSecondsMin: 10,
  examSecondsMax: 12 * 60 * 60,
} as const;
