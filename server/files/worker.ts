/**
 * Worker thread that reads and writes files, so that neither a large file nor a hostile one holds up the server. Does
 * one task and ends. Files exist in memory only.
 */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import {
  readMedia,
  readQuestions,
  readRoster,
  templateWorkbook,
  writeMatrixDocx,
  writeMatrixWorkbook,
  writeReportPdf,
  writeGift,
  writeWorkbook,
  type FormulaFault,
  type ImportResult,
  type ReportedRow,
} from '#bank/formats';
import { formulaFault } from '#bank/item/math';
import { DomainError } from '#bank/protocol';
import type { FileReply, FileResult, FileTask } from './work.ts';

/** Rows that the server takes over in one go. */
const PORTION = 500;

if (!parentPort) throw new Error('This file runs as a worker thread.');
const server = parentPort;

server.once('message', async (task: FileTask) => {
  send(await answer(task));
  server.close();
});

function send(reply: FileReply): void {
  server.postMessage(reply, []);
}

async function answer(task: FileTask): Promise<FileReply> {
  try {
    return { type: 'done', result: await run(task) };
  } catch (error) {
    if (error instanceof DomainError) {
      return { type: 'refused', code: error.code, status: error.status, values: error.values };
    }
    return { type: 'failed', name: error instanceof Error ? error.name : 'unknown' };
  }
}

async function run(task: FileTask): Promise<FileResult> {
  switch (task.op) {
    case 'readQuestions': {
      const progress = (done: number, total: number): void => send({ type: 'progress', done, total });
      const options = { ...task.options, checkFormula: formulaChecker(), progress };
      return inPortions(await readQuestions(task.bytes, task.name, options));
    }
    case 'readRoster':
      return inPortions(await readRoster(task.bytes, task.name));
    case 'writeQuestions':
      return task.format === 'gift' ? writeGift(task.items) : writeWorkbook(task.items);
    case 'writeMatrix':
      return task.format === 'docx' ? writeMatrixDocx(task.document) : writeMatrixWorkbook(task.document);
    case 'writeReport':
      return writeReportPdf(task.document);
    case 'readMedia':
      return readMedia(task.bytes);
    case 'writeTemplate':
      return templateWorkbook();
  }
}

/** Sends the rows ahead, each portion when the server is done with the one before. */
async function inPortions<Row extends ReportedRow>({
  rows,
  ...result
}: ImportResult<Row>): Promise<ImportResult<Row>> {
  for (let start = 0; start < rows.length; start += PORTION) {
    send({ type: 'rows', rows: rows.slice(start, start + PORTION) });
    await once(server, 'message');
  }
  return { ...result, rows: [] };
}

/** Files repeat their formulas, so each is rendered once. */
function formulaChecker() {
  const known = new Map<string, FormulaFault | null>();
  return (tex: string, display: boolean): FormulaFault | null => {
    const source = `${display} ${tex}`;
    let fault = known.get(source);
    if (fault === undefined) {
      fault = formulaFault(tex, display);
      known.set(source, fault);
    }
    return fault;
  };
}
