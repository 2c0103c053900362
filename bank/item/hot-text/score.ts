import { scoreChosen } from '../multiple/score.ts';
import type { Scorer } from '../scoring/scorer.ts';
import { phrasesOf } from './phrases.ts';
import type { HotTextContent, HotTextKey } from './schema.ts';

/** The phrases marked count as the options chosen in a multiple response. */
export const scoreHotText: Scorer<HotTextContent, HotTextKey> = (content, key, response, max, policy) =>
  scoreChosen(
    phrasesOf(content.stem).map(({ id }) => id),
    key,
    response,
    max,
    policy,
  );
