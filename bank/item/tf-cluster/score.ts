import { fraction } from '#bank/marks';
import { pointsOfShare, type ScoredPart, type Scorer } from '../scoring/scorer.ts';
import type { TfClusterContent, TfClusterKey } from './schema.ts';

/**
 * The policy's ladder by the number of statements judged right; a statement left open is not right. The exact
 * fraction is rounded by the policy's item stage, where it has one.
 */
export const scoreTfCluster: Scorer<TfClusterContent, TfClusterKey> = (
  content,
  key,
  response,
  max,
  policy,
) => {
  const judged = new Map(Object.entries(response && 't' in response ? response.t : {}));
  const parts: ScoredPart[] = content.statements.map(({ id }) => {
    const answer = judged.get(id);
    return {
      part: id,
      outcome: answer === undefined ? 'blank' : answer === key.truth[id] ? 'right' : 'wrong',
    };
  });
  const right = parts.filter((part) => part.outcome === 'right').length;
  const percent = policy.clusterLadder[right] ?? 0;
  return { ...pointsOfShare(max, fraction(BigInt(percent), 100n), policy), parts };
};
