import { ActionIcon, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconPrinter, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import type { PDFDocumentProxy } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- the bundler answers `?url` with an address
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { PdfFile } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { printPages } from './pdf-print.ts';
import classes from './pdf-viewer.module.css';
import { saveFile } from './save-file.ts';

GlobalWorkerOptions.workerSrc = workerAddress;

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const FITTING = 3; // index of 1 = as wide as the viewer

export interface PdfViewerProps {
  file: Pick<PdfFile, 'fileName' | 'bytes'>;
  /** Takes the keyboard when it opens, so that J and K flip at once. */
  takesKeyboard?: boolean;
  /** Further buttons at the right of the toolbar. */
  children?: React.ReactNode;
}

/** Pages of a PDF, one at a time: J and K flip, plus and minus zoom; print and save. */
export function PdfViewer({ file, takesKeyboard = false, children }: PdfViewerProps) {
  const [opened, setOpened] = useState<{ of: PdfViewerProps['file']; document: PDFDocumentProxy | null } | null>(null);
  const [standing, setStanding] = useState({ of: file.fileName, page: 1 });
  const [zoom, setZoom] = useState(FITTING);
  const [isPrinting, setPrinting] = useState(false);
  // What was opened belongs to one reading of the file, the page to its name: read again, one stays on the page.
  const document = opened?.of === file ? opened.document : null;
  const isUnreadable = opened?.of === file && document === null;
  const page = standing.of === file.fileName ? Math.min(standing.page, Math.max(1, opened?.document?.numPages ?? standing.page)) : 1;
  const pages = document?.numPages ?? 0;
  const turnTo = (next: number): void => { setStanding({ of: file.fileName, page: Math.max(1, Math.min(pages, next)) }); };
  const flip = (by: number): void => { turnTo(page + by); };
  const viewer = useRef<HTMLElement>(null);
  useEffect(() => { if (takesKeyboard) viewer.current?.focus(); }, [takesKeyboard]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // pdf.js takes the buffer away from its owner: hand it a copy.
    const task = getDocument({ data: file.bytes.slice(), useWasm: false, enableXfa: false });
    let isStale = false;
    const open = async (): Promise<void> => {
      const pdf = await task.promise.catch(() => null);
      if (!isStale) setOpened({ of: file, document: pdf });
    };
    void open();
    return () => {
      isStale = true;
      void task.destroy();
    };
  }, [file]);

  useEffect(() => {
    if (document === null) return undefined;
    let isStale = false;
    let stop: (() => void) | undefined;
    const draw = async (): Promise<void> => {
      const source = await document.getPage(page);
      const target = canvas.current;
      const room = sheet.current;
      if (isStale || target === null || room === null) return;
      const natural = source.getViewport({ scale: 1 });
      const fitting = Math.min((room.clientWidth - 32) / natural.width, 1.6);
      const shown = fitting * (ZOOMS[zoom] ?? 1);
      const dense = shown * window.devicePixelRatio;
      const viewport = source.getViewport({ scale: dense });
      target.width = Math.floor(viewport.width);
      target.height = Math.floor(viewport.height);
      target.style.width = `${Math.floor(natural.width * shown)}px`;
      const task = source.render({ canvas: target, viewport });
      stop = () => { task.cancel(); };
      await task.promise.catch(() => undefined); // cancelled by the next page
    };
    void draw();
    return () => {
      isStale = true;
      stop?.();
    };
  }, [document, page, zoom]);

  const zoomBy = (by: number): void => { setZoom(now => Math.max(0, Math.min(ZOOMS.length - 1, now + by))); };
  const print = async (): Promise<void> => {
    if (document === null) return;
    setPrinting(true);
    await printPages(document);
    setPrinting(false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== 'p') return;
      event.preventDefault();
      void print();
      return;
    }
    const acts: Record<string, () => void> = {
      j: () => { flip(1); }, k: () => { flip(-1); }, PageDown: () => { flip(1); }, PageUp: () => { flip(-1); },
      Home: () => { turnTo(1); }, End: () => { turnTo(pages); }, '+': () => { zoomBy(1); }, '=': () => { zoomBy(1); }, '-': () => { zoomBy(-1); },
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <section className={classes.viewer} aria-label={text('kit.pdf.label', { file: file.fileName })} tabIndex={0} onKeyDown={press} ref={viewer}>
      <div className={classes.tools}>
        <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.previous')} disabled={page <= 1} onClick={() => { flip(-1); }}><IconChevronLeft size={17} /></ActionIcon>
        <span className="tabular">{pages === 0 ? text('kit.loading') : text('kit.pdf.page', { page, pages })}</span>
        <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.next')} disabled={page >= pages} onClick={() => { flip(1); }}><IconChevronRight size={17} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.smaller')} onClick={() => { zoomBy(-1); }}><IconZoomOut size={17} /></ActionIcon>
        <span className="tabular">{Math.round((ZOOMS[zoom] ?? 1) * 100)}%</span>
        <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.larger')} onClick={() => { zoomBy(1); }}><IconZoomIn size={17} /></ActionIcon>
        <span className={classes.name}>{file.fileName}</span>
        <Group gap={4} ml="auto" wrap="nowrap">
          {children}
          <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.print')} loading={isPrinting} onClick={() => { void print(); }}><IconPrinter size={17} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={text('kit.pdf.save')} onClick={() => { saveFile(file.fileName, file.bytes, 'application/pdf'); }}><IconDownload size={17} /></ActionIcon>
        </Group>
      </div>
      <div ref={sheet} className={classes.sheet}>
        {isUnreadable ? <p role="alert">{text('kit.pdf.unreadable')}</p> : <canvas ref={canvas} role="img" aria-label={pages === 0 ? text('kit.loading') : text('kit.pdf.page', { page, pages })} />}
      </div>
    </section>
  );
}
