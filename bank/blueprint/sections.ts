import type { Blueprint, Language } from '#bank/protocol';
import { matrix7991, type MatrixSource } from './matrix-7991.ts';
import { genericMatrix } from './matrix-generic.ts';
import { MATRIX_WORDS } from './matrix-words.ts';
import { plannedResponses, type Counted } from './responses.ts';
import { routesOf } from './routes.ts';
import { scaleOf } from './scales.ts';
import { specification7991 } from './specification-7991.ts';
import type { MatrixTable } from './table.ts';

/** The official form is matrix and specification; the generic one is a single table. */
export type MatrixForm = 'official' | 'generic';

/** A table with what stands above it. */
export interface MatrixSection {
  /** Short and different for every section of a document. */
  name: string;
  heading: string;
  /** Where its figures come from. */
  caption: string;
  table: MatrixTable;
}

/** Papers that have the same matrix. */
export interface MatrixVariant {
  papers: number;
  /** Title of the branch whose way through the papers is counted, where there are branches. */
  branch?: string;
  counted: Counted;
}

/** What a blueprint asks for, on each way through the paper. */
export function plannedSections(blueprint: Blueprint, form: MatrixForm, language: Language): MatrixSection[] {
  return routesOf(blueprint).flatMap(({ branch, blueprint: route }) => {
    const planned = MATRIX_WORDS.planned[language];
    const caption = branch ? `${planned} – ${branch.title}` : planned;
    const source = sourceOf(blueprint, plannedResponses(route), language);
    return sectionsOf(source, form, branch ? ` ${branch.id}` : '', caption);
  });
}

/** What the papers hold that were assembled, once for all that are alike; `all` counts the papers. */
export function assembledSections(
  blueprint: Blueprint,
  { variants, all }: { variants: readonly MatrixVariant[]; all: number },
  form: MatrixForm,
  language: Language,
): MatrixSection[] {
  return variants.flatMap(({ papers, counted, branch }, index) => {
    const caption = MATRIX_WORDS.assembled[language]
      .replace('{papers}', String(papers))
      .replace('{all}', String(all));
    const suffix = variants.length > 1 ? ` ${index + 1}` : '';
    const source = sourceOf(blueprint, counted, language);
    return sectionsOf(source, form, suffix, branch === undefined ? caption : `${caption} – ${branch}`);
  });
}

/** The working time as it stands below the title. */
export function minutesText(minutes: number, language: Language): string {
  return MATRIX_WORDS.minutes[language].replace('{minutes}', String(minutes));
}

function sourceOf(blueprint: Blueprint, counted: Counted, language: Language): MatrixSource {
  return { counted, rows: blueprint.rows ?? [], scale: scaleOf(blueprint, language), language };
}

function sectionsOf(
  source: MatrixSource,
  form: MatrixForm,
  suffix: string,
  caption: string,
): MatrixSection[] {
  const word = (name: keyof typeof MATRIX_WORDS): string => MATRIX_WORDS[name][source.language];
  const matrix = { name: `${word('matrixSheet')}${suffix}`, heading: word('matrixHeading'), caption };
  if (form === 'generic') return [{ ...matrix, table: genericMatrix(source) }];
  return [
    { ...matrix, table: matrix7991(source) },
    {
      name: `${word('specificationSheet')}${suffix}`,
      heading: word('specificationHeading'),
      caption,
      table: specification7991(source),
    },
  ];
}
