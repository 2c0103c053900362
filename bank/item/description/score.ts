import type { Scorer } from '../scoring/scorer.ts';
import type { DescriptionContent, DescriptionKey } from './schema.ts';

/** Nothing to answer, nothing to gain. */
export const scoreDescription: Scorer<DescriptionContent, DescriptionKey> = () => ({ points: 0, parts: [] });
