import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomesOf, type QtiCase } from './qti-adapter.ts';

const CORPUS = new URL(
  '../../../../shared/corpora/pie-qti-conformance/packages/item-player/tests/conformance/fixtures/',
  import.meta.url,
);

/** Fixtures that are no matter of scoring an item. */
const NOT_SCORING =
  /^(modalFeedback_|outcomeProcessing_|templateProcessing_|template_|qti22_basic_q2_|qti22_basic_q5$|baseTypes_all$|responseProcessing_(arithmetic|containerSize|customOperator|deleteValue|inside|lookupTable|math_|misc_|preCondition|record_|responseCondition_toBoolean|set|xiInclude|mapOutcome|anyN))/;

/** Fixtures that score an item in a way that no kind has, and what they would need. */
const NEEDS: Readonly<Record<string, string>> = {
  isNull_isNotNull: 'points for having typed anything',
  mapResponse_bounds_default_duplicates: 'a floor above 0, and an option counted twice',
  mapResponse_mapEntry_caseSensitive_override: 'points and letter case for each wording of a short text',
  mapResponse_mapping_caseSensitive_defaultValue: 'points for any other wording',
  pair_unordered_match: 'association of unordered pairs',
  positionObject_mapResponse_wrong: 'mapResponse applied to points, which the specification does not define',
  qti22_advanced_q13_match: 'matching that counts as a whole',
  responseCondition_elseIf_chain: 'points by comparison with a bound',
  responseProcessing_mapResponse_pair_unordered: 'association of unordered pairs',
  responseProcessing_patternMatch_caseSensitive: 'regular expressions',
};

const read = (fixture: string, file: string) => readFileSync(new URL(`${fixture}/${file}`, CORPUS), 'utf8');
const fixtures = existsSync(CORPUS) ? readdirSync(CORPUS).filter((name) => !NOT_SCORING.test(name)) : [];
const run = fixtures.filter((name) => NEEDS[name] === undefined);

describe.skipIf(!existsSync(CORPUS))('scoring cases of pie-qti', () => {
  it('are run, or listed with what they would need', () => {
    expect(Object.keys(NEEDS).filter((name) => !fixtures.includes(name))).toEqual([]);
    expect(run.filter((name) => outcomesOf(read(name, 'item.xml')) === null)).toEqual([]);
    expect(Object.keys(NEEDS).filter((name) => outcomesOf(read(name, 'item.xml')) !== null)).toEqual([]);
    const cases = run.flatMap((name) => (JSON.parse(read(name, 'cases.json')) as { cases: [] }).cases);
    expect([run.length, cases.length]).toEqual([19, 78]);
  });

  it.each(run)('%s comes out as expected', (name) => {
    const outcomes = outcomesOf(read(name, 'item.xml'));
    const { cases } = JSON.parse(read(name, 'cases.json')) as { cases: QtiCase[] };
    for (const { name: title, responses, expect: wanted } of cases) {
      const all = { ...(wanted.score !== undefined && { SCORE: wanted.score }), ...wanted.outcomes };
      const known = Object.entries(all).filter(([id]) => outcomes?.has(id));
      expect([title, known.length > 0]).toEqual([title, true]);
      for (const [id, value] of known)
        expect([title, outcomes?.get(id)?.(responses)]).toEqual([title, value]);
    }
  });
});
