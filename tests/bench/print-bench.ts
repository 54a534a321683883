import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { createPrinter } from '../../main/kit/print/typst-printer.ts';
import { resourcePath } from '../../main/kit/resources.ts';
import type { TranscriptDocument } from '../../main/transcripts/transcript-document.ts';

const template = 'transcript-thcs-tt22';
const rounds = 5;
const papersARound = 20;
const timestampSeconds = 1_780_000_000;

/**
 * A hundred six-page học bạ through our printer (clean text, thread, anchors, memory kept level) beside bare Typst compiling the same
 * pages from the same template in this process. Rounds alternate, so that a busy machine slows both.
 */
export const printBench = {
  name: 'print-transcripts',
  ratioLimit: 1.5,
  async run(): Promise<{ oursMs: number; peerMs: number; note: string }> {
    const pupils = samples(rounds * papersARound);
    const printer = createPrinter();
    const bare = bareTypst();
    try {
      const ours = async (data: TranscriptDocument): Promise<number> => (await printer.print({ template, data, timestamp: new Date(timestampSeconds * 1000) })).pages;
      const warmUp = samples(3);
      for (const data of warmUp) {
        await ours(data);
        bare(data);
      }
      let [oursMs, peerMs, pages] = [0, 0, 0];
      for (let round = 0; round < rounds; round++) {
        const batch = pupils.slice(round * papersARound, (round + 1) * papersARound);
        let started = performance.now();
        for (const data of batch) pages += await ours(data);
        oursMs += performance.now() - started;
        started = performance.now();
        for (const data of batch) bare(data);
        peerMs += performance.now() - started;
      }
      return { oursMs, peerMs, note: `${pupils.length} papers, ${pages} pages, Typst 0.13.1, PDF/A-2b` };
    } finally {
      await printer.close();
    }
  },
};

/** Papers that differ where pupils differ: name, marks, comments. */
function samples(count: number): TranscriptDocument[] {
  const sample = JSON.parse(readFileSync(resourcePath('templates', template, 'sample.json'), 'utf8')) as TranscriptDocument;
  return Array.from({ length: count }, (_, i) => ({
    ...sample,
    pupil: { ...sample.pupil, name: `${sample.pupil.name} ${i}`, registerNumber: String(i) },
    years: sample.years.map((year) => ({
      ...year,
      subjects: year.subjects.map((subject) => ({ ...subject, ...(typeof subject.year === 'number' ? { year: (subject.year + i) % 101 } : {}), comment: `${subject.comment} ${i}` })),
      homeroomComment: `${year.homeroomComment} ${i}`,
    })),
  }));
}

/** The package as its README shows it: compile, export, and its own advice to evict the cache; the data stands where the template reads it. */
function bareTypst(): (data: TranscriptDocument) => Buffer {
  const workspace = resourcePath('templates');
  const fonts = [['400Regular', 'Tinos_400Regular.ttf'], ['400Regular_Italic', 'Tinos_400Regular_Italic.ttf'], ['700Bold', 'Tinos_700Bold.ttf'], ['700Bold_Italic', 'Tinos_700Bold_Italic.ttf']];
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts.map((parts) => readFileSync(resourcePath('fonts', ...parts))) }] });
  return (data) => {
    compiler.mapShadow(join(workspace, 'data.json'), Buffer.from(JSON.stringify(data)));
    const pdf = compiler.pdf({ mainFilePath: join(workspace, template, 'page.typ') }, { pdfStandard: 'a-2b', creationTimestamp: timestampSeconds });
    compiler.evictCache(10);
    return pdf;
  };
}
