import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler, type NodeError, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { codePointsOf } from './font-coverage.ts';
import { printable, UnprintableText } from './printable-text.ts';
import type { PrintAnchor, PrintReply, PrintRequest, PrintWorkerData } from './print-messages.ts';

/**
 * The thread in which Typst runs: compiling blocks, so it must not sit where windows or the database wait.
 * One compiler serves every paper; what it remembers is thrown away after a few papers, so that memory stays level.
 */

const { templatesFolder, fontFiles } = workerData as PrintWorkerData;
const fonts = fontFiles.map((file) => readFileSync(file));
const glyphs = charactersInEveryFont(fonts);
const compiler = NodeCompiler.create({ workspace: templatesFolder, fontArgs: [{ fontBlobs: fonts }] });
const dataFile = join(templatesFolder, 'data.json');

/** After so many papers the remembered layouts of a pupil's own pages go; pages alike in every paper (instructions) were used since and stay. */
const papersBetweenEvictions = 5;
let papers = 0;

/** As the template reports it: points from the top left corner, and the height of the page, because PDF counts from the bottom. */
interface QueriedAnchor { name: string; tooltip: string; page: number; x: number; y: number; width: number; height: number; pageHeight: number }

function print(request: PrintRequest): PrintReply {
  let clean: unknown;
  try {
    clean = printable(request.data, glyphs);
  } catch (thrown) {
    if (thrown instanceof UnprintableText) return { id: request.id, ok: false, ...thrown.finding };
    throw thrown;
  }
  compiler.mapShadow(dataFile, Buffer.from(JSON.stringify(clean)));
  const compiled = compiler.compile({ mainFilePath: join(templatesFolder, request.template, 'page.typ') });
  const document = compiled.result;
  if (document === null) return templateFault(request, compiled.takeDiagnostics());
  const pdf = compiler.pdf(document, { pdfStandard: 'a-2b', creationTimestamp: request.timestampSeconds });
  const reply: PrintReply = {
    id: request.id,
    ok: true,
    pdf: new Uint8Array(pdf),
    pages: document.numOfPages,
    anchors: anchorsOf(document),
  };
  papers++;
  if (papers % papersBetweenEvictions === 0) compiler.evictCache(1);
  return reply;
}

function anchorsOf(document: NodeTypstDocument): PrintAnchor[] {
  const found = compiler.query(document, { selector: '<anchor>', field: 'value' }) as QueriedAnchor[];
  return found.map(({ name, tooltip, page, x, y, width, height, pageHeight }) => ({
    name,
    tooltip,
    page,
    rect: [x, pageHeight - y - height, x + width, pageHeight - y],
  }));
}

interface Diagnostic { message: string; path: string; range: { start: { line: number; character: number } } | null }

function templateFault(request: PrintRequest, fault: NodeError | null): PrintReply {
  const diagnostics = fault === null ? [] : (compiler.fetchDiagnostics(fault) as Diagnostic[]);
  const places = diagnostics.filter((d) => d.range !== null).map(placeOf);
  return {
    id: request.id,
    ok: false,
    code: 'print.templateFault',
    params: {
      template: request.template,
      place: places.length === 0 ? request.template : places.join(' ← '),
      detail: diagnostics[0]?.message ?? '',
    },
  };
}

/** `transcript-thcs-tt22/page.typ:12:4`, lines and columns counted from 1. */
function placeOf({ path, range }: Diagnostic): string {
  const inside = path.startsWith(templatesFolder) ? path.slice(templatesFolder.length + 1) : path;
  const start = range?.start ?? { line: 0, character: 0 };
  return `${inside.replaceAll('\\', '/')}:${start.line + 1}:${start.character + 1}`;
}

function charactersInEveryFont(files: Uint8Array[]): ReadonlySet<number> {
  const [first, ...others] = files.map(codePointsOf);
  if (first === undefined) throw new Error('no font was given to the printer');
  return new Set([...first].filter((point) => others.every((set) => set.has(point))));
}

parentPort?.on('message', (request: PrintRequest) => {
  let reply: PrintReply;
  try {
    reply = print(request);
  } catch (thrown) {
    // Typst's own export faults (an image it cannot embed, a colour PDF/A forbids) arrive as plain errors.
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    reply = { id: request.id, ok: false, code: 'print.templateFault', params: { template: request.template, place: request.template, detail } };
  }
  parentPort?.postMessage(reply, reply.ok ? [reply.pdf.buffer as ArrayBuffer] : []);
});
